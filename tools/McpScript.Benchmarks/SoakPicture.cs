namespace McpScript.Benchmarks;

/// <summary>Charts of an endurance test: one per measured resource, one below the other.</summary>
static class SoakPicture
{
    /// <summary>Draws the charts and saves them as PNG.</summary>
    public static void Write(string path, IReadOnlyList<SoakSample> samples)
    {
        (string Name, Func<SoakSample, double> Of, int Colour)[] lines =
        [
            ("RESIDENT MEMORY, MIB", sample => sample.Footprint.ResidentMiB, 0x1f77b4),
            ("GENERATIONS ALIVE", sample => sample.LiveGenerations, 0xd62728),
            ("OPEN HANDLES", sample => sample.Footprint.Handles, 0x2ca02c),
            ("THREADS", sample => sample.Footprint.Threads, 0x9467bd),
            ("INOTIFY WATCHES", sample => sample.Footprint.Watches, 0x8c564b),
        ];
        var canvas = new Canvas(900, 40 + 150 * lines.Length);
        var last = samples[^1];
        canvas.Text(20, 12, $"{last.Edit} EDITS UNDER LOAD, {last.Calls} CALLS, {last.At.TotalMinutes:0} MINUTES, {DateTime.UtcNow:yyyy-MM-dd}", 0x000000);
        for (var i = 0; i < lines.Length; i++)
            Draw(canvas, 40 + 150 * i, lines[i].Name, [.. samples.Select(sample => (sample.Edit, lines[i].Of(sample)))], lines[i].Colour);
        canvas.Save(path);
    }

    // The scale begins at zero, so that small changes look small.
    static void Draw(Canvas canvas, int top, string name, (int Edit, double Value)[] points, int colour)
    {
        const int left = 60, width = 820, height = 110, grey = 0xcccccc;
        var (most, last) = (Math.Max(1, points.Max(point => point.Value) * 1.15), points[^1].Edit);
        canvas.Text(left, top, name, colour);
        canvas.Line(left, top + 15 + height, left + width, top + 15 + height, grey);
        canvas.Line(left, top + 15, left, top + 15 + height, grey);
        int X(int edit) => left + (int)((long)edit * width / last);
        int Y(double value) => top + 15 + height - (int)(value / most * height);
        foreach (var tick in new[] { 0.0, 0.5, 1.0 })
        {
            canvas.Text(8, Y(most * tick / 1.15) - 4, $"{most * tick / 1.15:0}", 0x666666);
            canvas.Text(X((int)(last * tick)) - (tick == 1 ? 30 : 0), top + 19 + height, $"{last * tick:0}", 0x666666);
        }
        for (var i = 1; i < points.Length; i++)
            canvas.Line(X(points[i - 1].Edit), Y(points[i - 1].Value), X(points[i].Edit), Y(points[i].Value), colour);
    }
}
