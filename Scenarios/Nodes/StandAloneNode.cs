using System.Net.Sockets;
using System.Security.Cryptography;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Nodes;

/// <summary><c>seed</c> and <c>peer</c>: one node in this process, the others wherever they are.</summary>
internal sealed class StandAloneNode(NodeRequest request, NodePlace place, Terminal terminal)
{
    /// <summary>How long a peer that leaves may take to say so to the seed nodes. Our choice.</summary>
    private static readonly TimeSpan farewell = TimeSpan.FromSeconds(3);

    /// <summary>Nothing more was sent for so long: it has said all. Our choice: some round trips.</summary>
    private static readonly TimeSpan silence = TimeSpan.FromMilliseconds(500);

    public static Task<ExitCode> RunAsync(NodeRequest request, Terminal terminal, CancellationToken cancel) =>
        RunAsync(request, terminal, Console.IsInputRedirected ? null : Console.In, cancel);

    /// <param name="answers">Where missing arguments come from; null when nobody is there.</param>
    public static Task<ExitCode> RunAsync(
        NodeRequest request, Terminal terminal, TextReader? answers, CancellationToken cancel)
    {
        var missing = new MissingArguments(request.Role, request.Directory, answers, terminal.Output);
        var (arguments, file) = missing.Complete(request.Arguments);
        var place = NodePlace.Of(request.Role, arguments, file);
        return new StandAloneNode(request, place, terminal).RunAsync(cancel);
    }

    private async Task<ExitCode> RunAsync(CancellationToken cancel)
    {
        var zero = DateTimeOffset.Now;
        var settings = ProtocolSettings.Of(request.Scenario, zero).WithSeedNodes(place.SeedNodes);
        var facts = FactsOfRun.Of(request.Scenario, settings);
        using var logs = OpenLogs(facts, zero);
        using var journal = new NodeJournal(logs);
        await using var network = new RealNetwork(Options(), [Placement(settings)], journal);
        await OpenAsync(network);
        if (request.Role == HostedRole.Peer) PublishOnceLinked(journal, network);
        await network.StartAsync(place.Address);

        var stop = Task.Delay(Timeout.Infinite, cancel);
        var first = await Task.WhenAny(stop, network.Broken, journal.Failed.Task);
        if (first == network.Broken) throw Wrong((await network.Broken).Error);
        if (first == journal.Failed.Task) throw new EnvironmentException((await journal.Failed.Task).Message);
        if (request.Role == HostedRole.Peer) await LeaveAsync(network);
        return ExitCode.Cancelled;
    }

    private RunLogs OpenLogs(RunFacts facts, DateTimeOffset zero)
    {
        try
        {
            Directory.CreateDirectory(request.OutputDirectory);
            return new RunLogs(
                request.OutputDirectory, facts, zero, request.Scenario.Outputs.CompatLogs, ScreenLog.On(terminal));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException(
                $"cannot write logs to \"{request.OutputDirectory}\": {wrong.Message} (choose another --output)");
        }
    }

    private RealNetworkOptions Options() => new()
    {
        Cluster = request.Scenario.Name,
        // Every start is another process, with a name of its own.
        RandomSeed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
        SeedNodes = place.SeedNodes,
        // A peer has nothing to keep: it registers again.
        DiskDirectory = request.Role == HostedRole.SeedNode ? request.DiskDirectory : null,
    };

    private Placement Placement(ProtocolSettings settings) =>
        new(place.Address, request.Role, settings.FactoryOf(IndexIn(settings.Plan))) { ListenHost = place.ListenHost };

    private int IndexIn(AddressPlan plan) => request.Role == HostedRole.SeedNode ? 0 : plan.SeedNodes;

    private async Task OpenAsync(RealNetwork network)
    {
        try
        {
            await network.OpenAsync();
        }
        catch (PortInUseException taken)
        {
            throw new EnvironmentException(TakenPort.InWords(taken, "choose another"));
        }
    }

    /// <summary>The first message comes at a uniform offset in the interval, as in a run; S27: once there is a
    /// second peer to hear it.</summary>
    private void PublishOnceLinked(NodeJournal journal, RealNetwork network)
    {
        if (request.Scenario.Gossip.Publishers.Count == 0) return;
        var begun = 0;
        journal.Heard += e =>
        {
            if (e.Kind != EventKind.NeighborAdded || Interlocked.Exchange(ref begun, 1) != 0) return;
            var offset = TimeSpan.FromMilliseconds(Random.Shared.Next(request.Scenario.Gossip.IntervalMs));
            _ = Task.Delay(offset).ContinueWith(
                _ => network.Inject(place.Address, new ProtocolTimer(TimerKind.StartPublishing)),
                TaskScheduler.Default);
        };
    }

    private async Task LeaveAsync(RealNetwork network)
    {
        var (sent, begun) = (network.Counters.FramesSent, network.Now);
        network.Inject(place.Address, new ProtocolTimer(TimerKind.Leave));
        // The first frame may need a connection, so silence before it means nothing.
        var (until, since) = (begun + farewell, begun + farewell);
        while (network.Now < until && network.Now - since < silence)
        {
            if (network.Counters.FramesSent is var now && now != sent) (sent, since) = (now, network.Now);
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    private static Exception Wrong(Exception error) => error is InvalidDataException
        ? new EnvironmentException(error.Message)
        : new InvalidOperationException(error.Message, error);
}
