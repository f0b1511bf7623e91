namespace McpScript.Benchmarks;

/// <summary>Measurement of the proxy during an endurance test.</summary>
/// <param name="Edit">Number of edits so far.</param>
/// <param name="At">Time since the start.</param>
/// <param name="Footprint">Resources of the process.</param>
/// <param name="LiveGenerations">Generations that are not collected yet.</param>
/// <param name="Calls">Number of calls so far.</param>
readonly record struct SoakSample(int Edit, TimeSpan At, Footprint Footprint, int LiveGenerations, int Calls)
{
    /// <summary>
    /// Returns the resources that kept rising: compares the last fifth of the run with the fifth after the first tenth, in which caches fill and code is
    /// compiled to the last tier.
    /// </summary>
    public static IEnumerable<string> Rising(IReadOnlyList<SoakSample> samples)
    {
        if (IsTooShort(samples))
            yield break;
        (string Name, Func<SoakSample, double> Of, double Share, double More)[] lines =
        [
            // The allowance covers delayed garbage collection; a leak over thousands of edits exceeds it.
            ("memory (MiB)", sample => sample.Footprint.ResidentMiB, 0.10, 10),
            ("handles", sample => sample.Footprint.Handles, 0, 12),
            ("threads", sample => sample.Footprint.Threads, 0, 12),
            ("inotify watches", sample => sample.Footprint.Watches, 0, 4),
            ("generations alive", sample => sample.LiveGenerations, 0, 25),
        ];
        foreach (var (name, of, share, more) in lines)
        {
            var (early, late) = (Median(samples.Skip(samples.Count / 10).Take(samples.Count / 5), of), Median(samples.TakeLast(samples.Count / 5), of));
            if (late > early * (1 + share) + more)
                yield return $"{name} from {early:0} to {late:0}";
        }
    }

    /// <summary>Returns true if the run is too short to judge: while caches fill and code is compiled to the last tier, everything rises.</summary>
    public static bool IsTooShort(IReadOnlyList<SoakSample> samples) => samples.Count < 20 || samples[^1].Edit < 1000;

    /// <inheritdoc/>
    public override string ToString() =>
        $"edit {Edit}: {Footprint.ResidentMiB:0} MiB, {Footprint.Handles} handles, {Footprint.Threads} threads, {Footprint.Watches} inotify watches, "
        + $"{LiveGenerations} generations alive";

    static double Median(IEnumerable<SoakSample> samples, Func<SoakSample, double> of)
    {
        var values = samples.Select(of).Order().ToList();
        return values[values.Count / 2];
    }
}
