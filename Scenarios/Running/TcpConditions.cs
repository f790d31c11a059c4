using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>What a scenario's <c>network</c> means to real sockets, in whichever process they are.</summary>
internal static class TcpConditions
{
    /// <summary>Our choice: indexes that no plan has, for nodes of other places, by their ports.</summary>
    private const int FirstOfOthers = 1 << 24;

    /// <param name="seedNodes">All of them: the first of the plan, wherever they are.</param>
    public static RealNetworkOptions WithNetworkOf(
        this RealNetworkOptions options, Scenario scenario, AddressPlan plan, IReadOnlyList<NodeAddress> seedNodes) =>
        options with
        {
            Latency = scenario.Network.EmulateOnTcp ? Emulated(scenario, plan, seedNodes) : null,
            Weather = new LinkWeather(
                scenario.Network.LossProbability,
                BytesPerSecond: scenario.Network.BandwidthBytesPerSecond ?? 0),
            ReadProcessingDelay = ReadDelay,
        };

    /// <summary>A processing delay in words that a node's process can read, too.</summary>
    public static string? InWords(DistributionSettings? milliseconds) => milliseconds is null
        ? null
        : JsonSerializer.Serialize(milliseconds, ScenarioJson.Options);

    private static Func<double, TimeSpan> ReadDelay(string words)
    {
        var delay = NetworkModels.ProcessingDelayOf(
            JsonSerializer.Deserialize<DistributionSettings>(words, ScenarioJson.Options)!);
        return unit => TimeSpan.FromMicroseconds(delay.BaseMicroseconds(0, 0, unit));
    }

    /// <summary>Each link is as long as in the simulator, and each message draws its jitter.</summary>
    private static WayLatency Emulated(Scenario scenario, AddressPlan plan, IReadOnlyList<NodeAddress> seedNodes)
    {
        var lengths = new LinkLengths(NetworkModels.LatencyOf(scenario), (ulong)scenario.RandomSeed);
        var places = seedNodes.Select((node, place) => (node, place)).ToDictionary();
        return (from, to, unit) => TimeSpan.FromMicroseconds(lengths.OfMessage(IndexOf(from), IndexOf(to), unit));

        int IndexOf(NodeAddress node)
        {
            if (places.TryGetValue(node, out var place)) return place;
            var index = plan.IndexOf(node);
            return index >= 0 ? index : FirstOfOthers + node.Port;
        }
    }
}
