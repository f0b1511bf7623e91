// Progress: reports are sent to the client before the result if its request has a progress token; otherwise nothing is sent.
mcp.Tool("bake", "Bakes a cake.", async (IProgress<ProgressNotificationValue> progress, CancellationToken ct) =>
{
    string[] steps = ["mixing", "baking", "cooling"];
    for (var done = 0; done < steps.Length; done++)
    {
        progress.Report(new() { Progress = done, Total = steps.Length, Message = steps[done] });
        await Task.Delay(20, ct);
    }
    progress.Report(new() { Progress = steps.Length, Total = steps.Length, Message = "done" });
    return "A cake.";
});
