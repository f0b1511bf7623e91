async Task LoopAsync()
{
    var timer = new PeriodicTimer(TimeSpan.FromMinutes(1)); // <- MCS702
    while (await timer.WaitForNextTickAsync())
    {
    }
}
_ = LoopAsync();
new Thread(() => { }).Start(); // <- MCS702
mcp.Tool("loop", "Leaves work running.", () => 1);
