using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Tests.Engine;

/// <summary>A network of scripted peers, over whatever carries messages. None of them is a seed node.</summary>
internal abstract class ContractNetwork : IAsyncDisposable
{
    public abstract IReadOnlyList<NodeAddress> Addresses { get; }

    /// <summary>The scripted node that runs, or ran last, at an address.</summary>
    public abstract ScriptedNode At(NodeAddress address);

    public abstract Task StartAsync(NodeAddress address);

    public abstract Task CrashAsync(NodeAddress address);

    /// <summary>Another process with the same disk.</summary>
    public abstract Task RestartAsync(NodeAddress address);

    /// <summary>True time, whatever clocks of nodes say.</summary>
    public abstract Instant Now { get; }

    /// <summary>What was reported to the trace.</summary>
    public abstract IEnumerable<Happening> Happenings { get; }

    /// <summary>The weather on all links, in both directions, from now on.</summary>
    public abstract void SetWeather(LinkWeather weather);

    /// <param name="milliseconds">What each input takes; null: nothing.</param>
    public abstract void SlowDown(NodeAddress address, double? milliseconds);

    public abstract void SkewClock(NodeAddress address, TimeSpan offset, double driftPpm);

    public abstract void Inject(NodeAddress address, ProtocolTimer timer);

    /// <summary>
    /// Lets the network run until the condition holds; fails the test when it does not in 20 s of its time.
    /// </summary>
    public abstract Task UntilAsync(Func<bool> condition, string what);

    public abstract ValueTask DisposeAsync();

    public void Do(NodeAddress address, ScriptedNode.Act act) => Inject(address, At(address).Tell(act));

    public Task UntilHeardAsync(NodeAddress at, NodeAddress from, int number) =>
        UntilAsync(() => At(at).NumbersFrom(from).Contains(number), $"{at} hears {number} from {from}");

    public Task UntilLinkLostAsync(NodeAddress at, NodeAddress neighbor) =>
        UntilAsync(() => At(at).LinksLost(neighbor) > 0, $"{at} is told that the link to {neighbor} ended");
}
