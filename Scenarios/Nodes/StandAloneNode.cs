using System.Net.Sockets;
using System.Security.Cryptography;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Nodes;

/// <summary><c>seed</c> and <c>peer</c>: one node in this process, the others wherever they are.</summary>
internal sealed class StandAloneNode(NodeRequest request, NodePlace place, SeedNodeNames names, Terminal terminal)
{
    /// <summary>How long a peer that leaves may take to say so to the seed nodes. Our choice.</summary>
    private static readonly TimeSpan farewell = TimeSpan.FromSeconds(3);

    /// <summary>Nothing more was sent for so long: it has said all. Our choice: some round trips.</summary>
    private static readonly TimeSpan silence = TimeSpan.FromMilliseconds(500);

    public static Task<ExitCode> RunAsync(NodeRequest request, Terminal terminal, CancellationToken cancel) => RunAsync(
        request, terminal, Console.IsInputRedirected ? null : Console.In, new NameLookUp(), cancel);

    /// <param name="answers">Where missing arguments come from; null when nobody is there.</param>
    public static async Task<ExitCode> RunAsync(
        NodeRequest request, Terminal terminal, TextReader? answers, NameLookUp lookUp, CancellationToken cancel)
    {
        var missing = new MissingArguments(request.Role, request.Directory, answers, terminal.Output);
        var (arguments, file) = missing.Complete(request.Arguments);
        var names = new SeedNodeNames(file, lookUp);
        var rules = request.Scenario.SeedNodes;
        int quorum = Quorum.Size(file.SeedNodes.Count, rules.QuorumRule, rules.ByzantineFaults);
        await names.FindAsync(
            quorum, known => NodePlace.IsToldBy(known, request.Role, arguments), terminal.Error, cancel);
        var place = NodePlace.Of(request.Role, arguments, file, names.Addresses);
        return await new StandAloneNode(request, place, names, terminal).RunAsync(cancel);
    }

    private async Task<ExitCode> RunAsync(CancellationToken cancel)
    {
        RequireKeys();
        using var youngObjects = new YoungObjects();
        var zero = DateTimeOffset.Now;
        var settings = ProtocolSettings.Of(request.Scenario, zero).WithSeedNodes(place.SeedNodes);
        if (request.Role == HostedRole.Peer) RequirePlanned(settings.Peer.OverlayRule);
        var facts = FactsOfRun.Of(request.Scenario, settings);
        var security = RunSecurity.Of(request.Scenario, place.KnownSeedNodes, [place.Address]);
        using var keys = security?.Keys;
        using var logs = OpenLogs(facts, zero);
        using var journal = new NodeJournal(logs);
        await using var network = new RealNetwork(Options(security, settings, zero), [Placement(settings)], journal);
        _ = new InternalErrorNotes(network, terminal.Error.WriteLine);
        await OpenAsync(network);
        using var watch = keys is null
            ? null : RunSecurity.Watch(request.Scenario, keys, terminal.Output.WriteLine);
        var publishing = new PublishingStart(request.Scenario.Gossip);
        var late = new LateSeedNodes();
        journal.Heard += e =>
        {
            publishing.Observe(place.Address, e, network);
            late.Observe(place.Address, e, network);
        };
        await StartAsync(network);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var following = names.FollowAsync(Take, terminal.Error.WriteLine, over.Token);

        var words = request.Role == HostedRole.Peer ? "Interrupted: leaving the network." : "Interrupted.";
        using var interruption = Interruption.Announce(terminal.Output, cancel, words);
        var stop = Task.Delay(Timeout.Infinite, cancel);
        var first = await Task.WhenAny(stop, network.Broken, journal.Failed.Task);
        if (first == network.Broken) throw Wrong((await network.Broken).Error);
        if (first == journal.Failed.Task) throw new EnvironmentException((await journal.Failed.Task).Message);
        await over.CancelAsync();
        await following;
        if (request.Role == HostedRole.Peer) await LeaveAsync(network);
        return ExitCode.Cancelled;

        string? Take(NodeAddress found, int index)
        {
            var why = place.WhyUnreachable(found) is { } unreachable
                ? $"it is {unreachable} and cannot dial {place.Address}"
                : RunSecurity.WhyNotMet(request.Scenario, keys, found);
            if (why is null) late.Add(found, index, network, [place.Address]);
            return why;
        }
    }

    /// <summary>Who is none of the planned peers would link to anybody, which is not what was asked for.</summary>
    private void RequirePlanned(OverlayRule rule)
    {
        if (rule is not PlannedOverlay overlay || overlay.HasPlaceFor(place.Address)) return;
        var peers = request.Scenario.Peers;
        throw new UsageException(
            $"{place.Address} has no place in the overlay \"{ScenarioJson.WordOf(request.Scenario.Overlay.Rule)}\":"
            + $" its {peers.Count} peers are those from {peers.Host}:{peers.BasePort} on; set peers.host,"
            + " peers.basePort and peers.count for all nodes");
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
                $"cannot write logs to \"{request.OutputDirectory}\": {wrong.Message.TrimEnd('.')}"
                + " (choose another --output)");
        }
    }

    /// <summary>Keys of its own would be good for nobody; and without any it is for this machine only.</summary>
    private void RequireKeys()
    {
        const string How = "make keys with gossipsim keys create, and add --security sharedKey --keys DIR";
        var security = request.Scenario.Security;
        if (security is { Mode: not SecurityMode.None, Keys: null })
            throw new UsageException($"a node by itself needs the keys of its cluster; {How}");
        if (security.Mode != SecurityMode.None || HostNames.IsLoopback(place.ListenHost ?? place.Address.Host)) return;
        throw new UsageException(
            $"{(place.ListenHost is 0 ? "0.0.0.0" : place.Address.HostText)} can be reached from other machines, and"
            + $" without a key only loopback addresses are allowed; {How} (the same for all nodes)");
    }

    private RealNetworkOptions Options(
        NetworkSecurity? security, ProtocolSettings settings, DateTimeOffset zero) => new RealNetworkOptions
    {
        Cluster = security?.Keys.Trust.Cluster ?? request.Scenario.Name,
        Security = security,
        Signing = RunSecurity.SigningOf(security, settings.SeedNode),
        // Every start is another process, with a name of its own.
        RandomSeed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
        SeedNodes = place.SeedNodes,
        ClockZero = WallClock.StampAt(zero),
        // A peer has nothing to keep: it registers again.
        DiskDirectory = request.Role == HostedRole.SeedNode ? request.DiskDirectory : null,
    }.WithNetworkOf(request.Scenario, settings.Plan, place.SeedNodes);

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

    private async Task StartAsync(RealNetwork network)
    {
        try
        {
            await network.StartAsync(place.Address);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException(wrong.Message);
        }
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

    private static Exception Wrong(Exception error) => error is IOException or UnauthorizedAccessException
        ? new EnvironmentException(error.Message)
        : new InvalidOperationException(error.Message, error);
}
