using System.Text.RegularExpressions;

namespace McpScript.Packages;

/// <summary>The version of a package, in the order of semantic versioning; <c>1.2</c>, <c>1.2.0</c> and <c>1.2.0.0</c> are the same.</summary>
sealed partial class PackageVersion : IComparable<PackageVersion>
{
    readonly long[] _numbers;
    readonly string[] _labels;

    PackageVersion(long[] numbers, string[] labels) => (_numbers, _labels) = (numbers, labels);

    /// <summary>True for a prerelease such as <c>1.0.0-beta.2</c>.</summary>
    public bool IsPrerelease => _labels.Length > 0;

    /// <summary>Parses a version; the part after a plus sign is ignored.</summary>
    /// <returns>The version; null if the text is not valid.</returns>
    public static PackageVersion? Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
            return null;
        var numbers = match.Groups["numbers"].Value.Split('.').Select(long.Parse).Concat([0, 0, 0]).Take(4).ToArray();
        return new(numbers, match.Groups["labels"] is { Success: true } labels ? labels.Value.Split('.') : []);
    }

    /// <inheritdoc/>
    public int CompareTo(PackageVersion? other)
    {
        if (other is null)
            return 1;
        for (var i = 0; i < _numbers.Length; i++)
            if (_numbers[i].CompareTo(other._numbers[i]) is var order and not 0)
                return order;
        if (IsPrerelease != other.IsPrerelease)
            return IsPrerelease ? -1 : 1;
        for (var i = 0; i < Math.Min(_labels.Length, other._labels.Length); i++)
            if (Compare(_labels[i], other._labels[i]) is var order and not 0)
                return order;
        return _labels.Length.CompareTo(other._labels.Length);
    }

    /// <summary>Returns true if two texts are the same version.</summary>
    public static bool AreSame(string a, string b) => Parse(a) is { } one && Parse(b) is { } other && one.CompareTo(other) == 0;

    static int Compare(string a, string b) => (long.TryParse(a, out var first), long.TryParse(b, out var second)) switch
    {
        (true, true) => first.CompareTo(second),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
    };

    [GeneratedRegex(@"\A(?<numbers>\d{1,9}(\.\d{1,9}){0,3})(-(?<labels>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?(\+.*)?\z")]
    private static partial Regex Pattern();
}
