using System.Text.RegularExpressions;

namespace GossipSim.Scenarios.Exploring;

/// <summary>An invariant that a run broke, and how.</summary>
/// <param name="Event">The event at which it was found; null when it was found by waiting.</param>
internal sealed partial record BrokenPromise(
    string Invariant, string Detail, double? AtSeconds, IReadOnlyList<string> Nodes, string? Event = null)
{
    /// <summary>
    /// The detail without what differs from run to run: addresses, numbers, names of processes, and how many there are
    /// of them. Two breaches of one invariant with the same words are taken for one bug.
    /// </summary>
    public string Kind => Enumeration().Replace(Particular().Replace(Detail, "#"), "#");

    [GeneratedRegex(@"\b[0-9a-f]{16}\b|[0-9]+([.:,#][0-9]+)*")]
    private static partial Regex Particular();

    [GeneratedRegex(@"#(, #)+")]
    private static partial Regex Enumeration();
}
