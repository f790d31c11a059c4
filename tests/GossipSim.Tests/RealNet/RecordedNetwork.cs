using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Tests.Scenarios.Results;

namespace GossipSim.Tests.RealNet;

/// <summary>A node whose every step depends on chance, time, messages and its disk.</summary>
internal sealed class DrawingNode(NodeStart start, IReadOnlyList<NodeAddress> others) : Node
{
    private readonly List<int> heard = [];

    public override void OnStart(in NodeContext context)
    {
        context.Report(new ProtocolEvent(EventKind.SeedNodeStarted, Number: start.Disk.Count, Detail: start.NodeId));
        context.SetTimer(
            new ProtocolTimer(TimerKind.Liveness), context.Random.NextTimeSpan(TimeSpan.FromMilliseconds(5)));
    }

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (envelope.Message is not Leave leave) return;
        heard.Add(leave.Epoch);
        context.Report(new ProtocolEvent(
            EventKind.GossipDelivered, envelope.From, leave.Epoch, Detail: others.ToArray()));
        if (leave.Epoch % 3 == 0) context.Persist(new StoreRecord((ulong)context.Now.Microseconds));
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        var target = others[context.Random.Next(others.Count)];
        if (target != context.Self) context.Send(target, new Leave(context.Random.Next(1000) + heard.Count));
        if (context.Random.Next(20) == 0) context.Close(target);
        context.SetTimer(timer with { Round = timer.Round + 1 }, TimeSpan.FromMilliseconds(1));
    }

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context) =>
        context.Report(new ProtocolEvent(EventKind.NeighborRemoved, neighbor, heard.Count));
}

/// <summary>Drawing nodes on real sockets, one of which crashes and comes back.</summary>
internal sealed class RecordedNetwork : IAsyncDisposable, ITrace
{
    private readonly TemporaryFolder folder = new();
    private readonly RealNetwork network;
    private long reports;

    public RecordedNetwork(RealNetworkOptions options)
    {
        Addresses = FreeAddresses.Take(5);
        network = new RealNetwork(
            options,
            [.. Addresses.Select(address => new Placement(
                address, HostedRole.Peer, start => new DrawingNode(start, Addresses)))],
            this);
        network.RecordInto(folder.Path);
    }

    public NodeAddress[] Addresses { get; }

    /// <summary>Once it has run.</summary>
    public IReadOnlyList<Recording> Recordings => RecordingFile.OpenAll(folder.Path);

    public async Task RunAsync()
    {
        await network.OpenAsync();
        foreach (var address in Addresses) await network.StartAsync(address);
        await UntilReportsAsync(300);
        await network.CrashAsync(Addresses[2], "test");
        await network.RestartAsync(Addresses[2]);
        await UntilReportsAsync(900);
        await network.StopAsync();
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        Interlocked.Increment(ref reports);

    public async ValueTask DisposeAsync()
    {
        await network.DisposeAsync();
        folder.Dispose();
    }

    private Task UntilReportsAsync(int count) => Patience.UntilAsync(
        () => !network.ThrowIfBroken() && Interlocked.Read(ref reports) >= count, $"{count} reports",
        () => $"{Interlocked.Read(ref reports)} reports");
}
