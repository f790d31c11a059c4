using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// The most that honest nodes of a scenario make a node handle and a link carry, in calm times: of a node that all
/// others are linked to. What a fault does beside that shows whether it can matter.
/// </summary>
internal sealed class NodeLoad(Scenario scenario)
{
    /// <summary>A PING and a PONG each way, and the timers of this end's round.</summary>
    private const int InputsPerPing = 6;

    /// <summary>Our choice, as lines of JSON: a message's fields beside its text, a PING or PONG, a list's entry.
    /// </summary>
    private const int BytesAroundText = 250;

    private const int BytesOfPing = 400;

    private const int BytesOfEntry = 90;

    private double MessagesPerSecond
    {
        get
        {
            var publishers = scenario.Gossip.Publishers.Count;
            return (publishers == 0 ? scenario.AllPeers : publishers) * 1000.0 / scenario.Gossip.IntervalMs;
        }
    }

    private double PingsPerSecond => 1000.0 / scenario.Liveness.PingIntervalMs;

    private double RefreshesPerSecond => 1000.0 / scenario.Peers.RefreshIntervalMs;

    /// <summary>Over each link a copy of each message, pings, and at a seed node refreshes.</summary>
    public double InputsPerSecond => (scenario.AllPeers + scenario.SeedNodes.Count)
        * (MessagesPerSecond + (InputsPerPing * PingsPerSecond) + RefreshesPerSecond);

    public double BytesPerSecondOfLink =>
        (MessagesPerSecond * (scenario.Gossip.PayloadBytes + BytesAroundText))
        + (PingsPerSecond * BytesOfPing) + (RefreshesPerSecond * LongestLine);

    public double LongestLine =>
        (Math.Min(scenario.AllPeers, scenario.SeedNodes.PeerListLimit) * BytesOfEntry) + BytesOfPing;
}
