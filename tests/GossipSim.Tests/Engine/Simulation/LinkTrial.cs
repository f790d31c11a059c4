using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Tests.Engine;

/// <summary>Peers of which A and B have a link that stands: message 0 went over it. One way takes 20 ms.</summary>
internal sealed class LinkTrial
{
    public static readonly NodeAddress A = Cast.Peer(0);
    public static readonly NodeAddress B = Cast.Peer(1);
    public static readonly NodeAddress C = Cast.Peer(2);

    public LinkTrial(
        LatencyModel? latency = null, ulong randomSeed = 1, long bytesPerSecond = 0, Func<Message, int>? sizeOf = null)
    {
        Contract = new SimulatedContractNetwork(
            peers: 3, latency, randomSeed: randomSeed, bytesPerSecond: bytesPerSecond, sizeOf: sizeOf ?? (_ => 100));
        foreach (var address in Contract.Addresses) Network.Start(address);
        Sends(A, B, 0);
        RunsFor(1);
    }

    public SimulatedContractNetwork Contract { get; }

    public SimulatedNetwork Network => Contract.Network;

    public Instant Now => Network.Now;

    public void Sends(NodeAddress from, NodeAddress to, params int[] numbers) => Contract.Sends(from, to, numbers);

    public void RunsFor(double seconds) => Contract.RunsFor(seconds);

    /// <summary>The numbers that one heard of another, without the 0 with which the link was made.</summary>
    public int[] Heard(NodeAddress at, NodeAddress from) =>
        [.. Contract.At(at).NumbersFrom(from).Where(number => number != 0)];

    /// <summary>When one heard a number for the first time, in milliseconds after a moment.</summary>
    public double MsUntil(NodeAddress at, int number, Instant since) =>
        (Contract.At(at).Messages.First(heard => heard.Message is Leave && heard.Number == number).Now - since)
        .TotalMilliseconds;

    public int LinksLost(NodeAddress at, NodeAddress neighbor) => Contract.At(at).LinksLost(neighbor);

    public IEnumerable<Happening> Reports(EventKind kind) =>
        Contract.Happenings.Where(happening => happening.Event.Kind == kind);
}
