using System.Collections.Immutable;

namespace McpScript.Core.Tests.Loading;

/// <summary>Model of leases: each of a few slots is new, out or back.</summary>
/// <param name="Slots">State of each lease: <c>n</c>, <c>o</c> or <c>b</c>.</param>
/// <param name="IsClosed">Whether they are closed.</param>
/// <param name="Given">Whether the last take gave a lease; null after any other step.</param>
sealed record LeaseState(string Slots, bool IsClosed, bool? Given)
{
    public static LeaseState Initial { get; } = new("nnn", false, null);

    public int Out => Slots.Count(slot => slot == 'o');

    public bool IsDrained => IsClosed && Out == 0;

    /// <summary>Slots of the running leases, the oldest first.</summary>
    public ImmutableArray<int> Running => [.. Enumerable.Range(0, Slots.Length).Where(slot => Slots[slot] == 'o')];

    public bool CanTake => IsClosed || Slots.Contains('n');

    public LeaseState Take() => IsClosed ? this with { Given = false } : With(Slots.IndexOf('n'), 'o') with { Given = true };

    public bool CanReturn(int slot) => Slots[slot] != 'n';

    public LeaseState Return(int slot) => With(slot, 'b') with { Given = null };

    public LeaseState Close() => this with { IsClosed = true, Given = null };

    LeaseState With(int slot, char state) => this with { Slots = $"{Slots[..slot]}{state}{Slots[(slot + 1)..]}" };
}
