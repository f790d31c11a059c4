namespace GossipSim.Scenarios.Files;

/// <summary>A checked and complete scenario, and where it came from.</summary>
internal sealed record LoadedScenario
{
    public required Scenario Scenario { get; init; }

    /// <summary>Full path of the file that was taken.</summary>
    public required string SourceFile { get; init; }

    /// <summary>The same, as a user likes to read it.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Whether it is one of those that ship with the program.</summary>
    public required bool IsShipped { get; init; }

    /// <summary>The file's text as it was read, for <c>scenario.json</c> in the results.</summary>
    public required string SourceText { get; init; }

    /// <summary>All defaults, layers and options written out, for <c>scenario.effective.json</c>.</summary>
    public string EffectiveText => ScenarioJson.Write(Scenario);
}
