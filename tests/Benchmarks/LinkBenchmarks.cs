using BenchmarkDotNet.Attributes;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Security;

namespace GossipSim.Benchmarks;

/// <summary>
/// One message over a link that never rests: made to a line, secured, sent, received, checked and handled. Both ends
/// are in this process, and nothing else: what security costs looks as dear here as it ever does.
/// </summary>
public class LinkBenchmarks : IAsyncDisposable
{
    // As many may be under way as a burst at a peer has, and they are acknowledged by the hundred.
    private const int Window = 512;
    private const int Acknowledged = 128;
    private const int Messages = 1000 * Acknowledged;

    private static readonly NodeAddress[] addresses =
        [new(0x7F000001, 42301), new(0x7F000001, 42302)];

    private RealNetwork network = null!;
    private Pump pump = null!;

    [ParamsAllValues]
    public SecurityMode Mode { get; set; }

    [GlobalSetup]
    public async Task LinkAsync()
    {
        network = new RealNetwork(
            new RealNetworkOptions
            {
                Cluster = "pump", RandomSeed = 1,
                Limits = new TransportLimits { LinesPerSecond = int.MaxValue, LinesAtOnce = int.MaxValue },
                Security = new NetworkSecurity(Mode, ClusterKeys.Generate("pump", []), PeerLinkSecurity.Tls),
            },
            [
                new Placement(addresses[0], HostedRole.Peer, _ => pump = new Pump(addresses[1])),
                new Placement(addresses[1], HostedRole.Peer, _ => new Drain()),
            ],
            new SilentTrace());
        await network.OpenAsync();
        foreach (var address in addresses) await network.StartAsync(address);
        await PumpAsync();
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await network.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task PumpAsync()
    {
        pump.Done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        network.Tell(addresses[0], new Leave(0));
        await pump.Done.Task;
    }

    /// <summary>Sends as long as what is under way fits the window.</summary>
    private sealed class Pump(NodeAddress to) : SimpleNode
    {
        private readonly Gossip[] rumors = Rumors.Several(Window);
        private int sent;
        private int arrived;

        public TaskCompletionSource Done { get; set; } = new();

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
            if (envelope.From != to) sent = arrived = 0;
            else if ((arrived += Acknowledged) >= Messages) Done.TrySetResult();
            while (sent < Messages && sent < arrived + Window)
                context.Send(to, rumors[sent++ % rumors.Length]);
        }
    }

    private sealed class Drain : SimpleNode
    {
        private int heard;

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
            if (++heard % Acknowledged == 0) context.Send(envelope.From, new Leave(heard));
        }
    }

    private abstract class SimpleNode : Node
    {
        public override void OnStart(in NodeContext context)
        {
        }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
        }
    }

    private sealed class SilentTrace : ITrace
    {
        bool ITrace.Wants(EventKind kind) => false;

        public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
        {
        }
    }
}
