using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>A fault that struck, in words: what it does, and to whom.</summary>
internal static class StrikeWords
{
    private const int Named = 5;

    /// <summary>Its word, and for liars how they lie.</summary>
    public static string What(FaultStrike strike) =>
        strike.Behavior is { } behavior ? $"{strike.Word} {behavior}" : strike.Word;

    public static string Targets(FaultStrike strike) => strike.Groups switch
    {
        [] => "every link",
        [var nodes] when nodes.Length <= Named => string.Join(", ", nodes),
        [var nodes] => $"{string.Join(", ", nodes.Take(Named))} and {nodes.Length - Named} more",
        _ => $"groups of {string.Join(" and ", strike.Groups.Select(group => group.Length))}",
    };
}
