using System.Globalization;
using System.Text.RegularExpressions;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// One of several equal parts of a sweep: shard i of n has the tasks k with k mod n = i. Nobody deals tasks out, so
/// shards need not know of each other.
/// </summary>
/// <param name="Index">From 0.</param>
internal readonly partial record struct Shard(int Index, int Count)
{
    public static Shard Whole { get; } = new(0, 1);

    public bool IsWhole => Count == 1;

    /// <exception cref="UsageException">It is no shard.</exception>
    public static Shard Parse(string option, string text)
    {
        var parts = Form().Match(text);
        if (parts.Success
            && int.TryParse(parts.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var index)
            && int.TryParse(parts.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var count)
            && index < count)
            return new Shard(index, count);
        throw new UsageException($"{option}: found \"{text}\", allowed is i/n with i from 0 to n - 1, such as 0/8");
    }

    public bool Has(int task) => task % Count == Index;

    public override string ToString() => $"{Index}/{Count}";

    [GeneratedRegex("^([0-9]{1,9})/([0-9]{1,9})$")]
    private static partial Regex Form();
}
