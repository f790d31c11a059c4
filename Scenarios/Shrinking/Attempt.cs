using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Shrinking;

/// <summary>A smaller scenario with a random seed that is worth trying.</summary>
/// <param name="Text">The file that it would be: equal texts run alike.</param>
internal sealed record Attempt(Scenario Scenario, string Text)
{
    public static Attempt Of(Scenario scenario) => new(scenario, ScenarioJson.Write(scenario));
}
