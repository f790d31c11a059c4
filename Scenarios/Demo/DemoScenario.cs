using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Demo;

/// <summary>The scenario of a demo: the defaults of every run, but for what a choice and this class say.</summary>
internal static class DemoScenario
{
    private const string Name = "demo";

    public static Scenario Of(DemoChoice choice, ScenarioLibrary library) =>
        new ScenarioLoader(library).LoadDefaults(Name, [.. Settings(choice)]).Scenario;

    private static IEnumerable<Setting> Settings(DemoChoice choice)
    {
        yield return Of("seedNodes.count", NumberWords.Digits(choice.SeedNodes));
        yield return Of("peers.count", NumberWords.Digits(choice.Peers));
        yield return Of("randomSeed", choice.RandomSeed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var (key, value) in choice.Rule.Settings) yield return Of($"overlay.{key}", value);
        // One message tells the story; its way does not depend on how many there are.
        yield return Of("gossip.maxMessagesPerPeer", "1");
        // As when a machine loses its power: what the documents count is missed pings, and nothing gives a hint.
        yield return Of("liveness.onConnectionReset", "nothing");
    }

    private static Setting Of(string path, string value) => Setting.Of(Name, path, value);
}
