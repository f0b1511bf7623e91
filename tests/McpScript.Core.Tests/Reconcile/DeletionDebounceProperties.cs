using CsCheck;
using McpScript.Model;
using McpScript.Reconcile;
using Microsoft.Extensions.Time.Testing;

namespace McpScript.Core.Tests.Reconcile;

public class DeletionDebounceProperties
{
    static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public void A_plugin_counts_as_deleted_once_when_every_scan_within_the_grace_period_missed_it() =>
        Gen.Select(Gen.Int[0, 5], Gen.Shuffle(Names, 0, Names.Length)).Array[1, 20].Sample(scans =>
        {
            var time = new FakeTimeProvider();
            var grace = new DeletionDebounce(time);
            var since = new Dictionary<string, TimeSpan>();
            var now = TimeSpan.Zero;
            foreach (var (hundreds, missing) in scans)
            {
                now += TimeSpan.FromMilliseconds(100 * hundreds);
                time.Advance(TimeSpan.FromMilliseconds(100 * hundreds));
                foreach (var name in Names)
                    Note(since, name, missing.Contains(name), now);
                var expected = since.Where(entry => now - entry.Value >= Grace).Select(entry => entry.Key).ToList();
                expected.ForEach(name => since.Remove(name));

                var believed = grace.Confirm([.. missing.Select(name => new PluginReference(name))]).Select(reference => reference.Name);
                Assert.Equal(expected.Order(), believed.Order());
                Assert.Equal(since.Count == 0 ? null : since.Values.Min() + Grace - now, grace.NextCheck);
            }
        }, iter: 300);

    static void Note(Dictionary<string, TimeSpan> since, string name, bool isMissing, TimeSpan now)
    {
        if (isMissing)
            since.TryAdd(name, now);
        else
            since.Remove(name);
    }
}
