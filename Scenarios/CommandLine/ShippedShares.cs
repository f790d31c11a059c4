using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>How many of a number of runs each shipped scenario gets: all the same, the first ones what is left over.
/// </summary>
internal sealed class ShippedShares
{
    /// <summary>Our choice: beyond it one run takes as long as hundreds of others.</summary>
    internal const int MostPeers = 500;

    public ShippedShares(ScenarioLibrary library, Func<string, LoadedScenario> load, int runs)
    {
        var all = library.Shipped.Select(file => (Name: Path.GetFileNameWithoutExtension(file), Loaded: load(file)));
        var bySize = all.ToLookup(each => each.Loaded.Scenario.AllPeers <= MostPeers);
        TooLarge =
        [
            .. bySize[false].Select(each =>
                $"{each.Name} is left out: {each.Loaded.Scenario.AllPeers} peers, at most {MostPeers} are explored"),
        ];
        var chosen = bySize[true].ToList();
        Shares =
        [
            .. chosen.Select((each, place) => (each.Name, each.Loaded, ShareOf(place, chosen.Count, runs)))
                .Where(share => share.Item3 > 0),
        ];
    }

    public IReadOnlyList<(string Name, LoadedScenario Loaded, int Runs)> Shares { get; }

    /// <summary>What is not explored, and why.</summary>
    public IReadOnlyList<string> TooLarge { get; }

    private static int ShareOf(int place, int scenarios, int runs) =>
        (runs / scenarios) + (place < runs % scenarios ? 1 : 0);
}
