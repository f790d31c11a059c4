using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Pages;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Prompting;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using BetweenGroups = GossipSim.Engine.Simulation.BetweenGroups;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>
/// Seed nodes and peers of this machine that people start, and do to what they like. It is a run like others, with a
/// folder of results; only that its faults come from a keyboard.
/// </summary>
internal sealed partial class LocalNetwork : IAsyncDisposable
{
    /// <summary>The one cut that there can be, and what it is called.</summary>
    private const string Partition = "partition";

    private static readonly TimeSpan housekeepingInterval = TimeSpan.FromSeconds(1);

    /// <summary>Our choice: how soon it is noticed that all have linked.</summary>
    private static readonly TimeSpan glance = TimeSpan.FromMilliseconds(10);

    private readonly LocalNetworkRequest request;
    private readonly TextWriter messages;
    private readonly ProtocolSettings settings;
    private readonly RunFacts facts;
    private readonly DateTimeOffset startedAt = DateTimeOffset.Now;
    private readonly PerformanceMeter meter = new();
    private readonly NetworkSecurity? security;
    private readonly KeyWatch? keyWatch;
    private readonly IHostedNetwork network;
    private readonly InvariantWatch? invariants;
    private readonly RunFolder folder;
    private readonly RunRecording recording;
    private readonly LocalTrace trace;
    private readonly CancellationTokenSource over = new();
    private Task housekeeping = Task.CompletedTask;
    private Task following = Task.CompletedTask;
    private readonly RunningCuts cuts;
    private readonly InternalErrorNotes internalErrors;
    private readonly List<FaultStrike> linkCuts = [];
    private readonly SemaphoreSlim oneDeed = new(1);
    private readonly HashSet<string> saved = [];

    /// <summary>Of those that run: what was done to them by hand. A node itself reports it some time later.</summary>
    private readonly HashSet<NodeAddress> paused = [];
    private readonly HashSet<NodeAddress> left = [];

    private NodeAddress[] separated = [];
    private int next;

    /// <exception cref="EnvironmentException">A port is taken, or the folder cannot be made.</exception>
    public LocalNetwork(LocalNetworkRequest request, TextWriter messages)
    {
        (this.request, this.messages) = (request, messages);
        security = RunSecurity.Of(
            request.Scenario, [.. request.SeedNodes.Where(seed => !seed.IsUnresolved)],
            [.. request.OwnSeedNodes, .. Enumerable.Range(0, request.Peers).Select(request.PeerAt)]);
        if (security is not null && request.Scenario.Peers.Hosting == Hosting.InProcess)
            keyWatch = RunSecurity.Watch(request.Scenario, security.Keys, messages.WriteLine);
        var largest = request.Scenario with { Peers = request.Scenario.Peers with { Count = request.MostPeers } };
        settings = ProtocolSettings.Of(largest, startedAt, request.Peers).WithSeedNodes(request.SeedNodes);
        facts = FactsOfRun.Of(request.Scenario, settings) with
        {
            MostPeers = request.MostPeers,
            MeasureFromSeconds = 0,
            MeasureToSeconds = double.PositiveInfinity,
            ScenarioSeconds = 0,
        };
        if (request.Page is not null)
            Feed = new EventFeed(facts.SeedNodes, json => RunCardOfPage.Write(json, facts, new LocalDeeds(this)));
        folder = RunFolder.Create(
            request.ResultsDirectory, startedAt, request.IsManaged ? "manage" : "up", request.Scenario.RandomSeed);
        recording = new RunRecording(
            facts, folder, new RecordingOptions
            {
                EventLog = true,
                Plots = request.Scenario.Outputs.Plots,
                CompatLogs = request.Scenario.Outputs.CompatLogs,
                WallBase = startedAt,
                Live = Feed,
            },
            new PlainProgress(messages, facts, TimeProvider.System));
        // Of seed nodes that run elsewhere nothing is heard here, so nothing can be judged.
        if (request.OwnSeedNodes.Length == request.SeedNodes.Length)
            invariants = settings.WatchOver(facts, request.Scenario);
        trace = new LocalTrace(recording, invariants, request.Scenario.Gossip);
        trace.Network = network = LocalHosting.Create(
            request, settings, startedAt, folder["disks"], trace, security);
        internalErrors = new InternalErrorNotes(network, messages.WriteLine);
        cuts = new RunningCuts(network, Everybody, [.. request.SeedNodes.Except(request.OwnSeedNodes)]);
    }

    /// <summary>Whether the places of all peers in the overlay are known before it starts.</summary>
    public bool IsPlanned => settings.Peer.OverlayRule is PlannedOverlay;

    public RunRecord World => trace.World;

    public Task<InternalError> Broken => network.Broken;

    public RunFolder Folder => folder;

    /// <summary>What the network's page follows; null without one.</summary>
    public EventFeed? Feed { get; }

    /// <summary>What was done so far, as it will be told by a scenario.</summary>
    public HandMadeFaults Deeds { get; } = new();

    public IReadOnlyList<NodeAddress> SeedNodes => request.SeedNodes;

    /// <summary>Since all initial nodes started.</summary>
    public double Seconds => (network.Now - World.ScenarioStart).TotalSeconds;

    public TrafficCounters Traffic => network.Counters;

    /// <summary>Before there is a folder of results.</summary>
    /// <exception cref="EnvironmentException">A port is taken.</exception>
    public static void RequireFreePorts(LocalNetworkRequest request)
    {
        try
        {
            foreach (var seedNode in request.OwnSeedNodes) RealNetwork.RequireFree(seedNode);
            for (var peer = 0; peer < request.Peers; peer++) RealNetwork.RequireFree(request.PeerAt(peer));
        }
        catch (PortInUseException taken)
        {
            throw InWords(taken, new CommandAdvice(request).OtherPorts(taken.Address));
        }
    }

    /// <summary>Takes the ports and starts everything.</summary>
    /// <exception cref="EnvironmentException">A port is taken; nothing is left open.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        next = request.Peers;
        NodeAddress[] peers = [.. Enumerable.Range(0, request.Peers).Select(request.PeerAt)];
        await OrTaken(
            network.OpenAsync([.. request.OwnSeedNodes, .. peers]), new CommandAdvice(request).OtherPorts);
        // All of it is measured, for as long as it is up.
        var effective = ScenarioJson.Write(request.Scenario with
        {
            Phases = request.Scenario.Phases with
            {
                WarmupSeconds = 0, MeasureSeconds = PhaseSettings.LongestSeconds,
            },
        });
        recording.WriteInputs(effective, effective, ShellWords.OfCheckout(request.Arguments));
        await Task.WhenAll(request.OwnSeedNodes.Select(network.StartAsync));
        if (request.Names is { } names) following = names.FollowAsync(Take, messages.WriteLine, over.Token);
        foreach (var peer in peers) await network.StartAsync(peer);
        await FormAsync(peers, cancel);
        trace.Locked(() =>
        {
            recording.MarkScenarioStart(network.Now);
            invariants?.MarkScenarioStart(network.Now);
        });
        housekeeping = KeepHouseAsync();
    }

    /// <summary>People act through a prompt and through a page: what they do is done one after the other.</summary>
    public async Task<T> OneAfterAnotherAsync<T>(Func<Task<T>> act)
    {
        await oneDeed.WaitAsync();
        try
        {
            return await act();
        }
        finally
        {
            oneDeed.Release();
        }
    }

    public T Ask<T>(Func<RunRecord, T> ask) => trace.Locked(() => ask(trace.World));

    /// <summary>Writes a scenario that does the same; what this network saved before is replaced.</summary>
    /// <returns>Where it is.</returns>
    /// <exception cref="UsageException">Somebody else's file is there.</exception>
    public string Save(string file)
    {
        if (file.Contains('\0', StringComparison.Ordinal))
            throw new UsageException($"save: found \"{TypedText.Shown(file)}\", allowed is the name of a file");
        var path = Path.GetFullPath(
            Path.HasExtension(file) ? file : file + ".json", request.Directory);
        if (Directory.Exists(Path.GetFullPath(file, request.Directory)))
            throw new UsageException($"save: \"{TypedText.Shown(file)}\" is a folder");
        if (!saved.Contains(path)) OutputFile.RequireNew(path, "save");
        // Before it is written: what a full disk left of it is this network's too.
        saved.Add(path);
        try
        {
            File.WriteAllText(path, Deeds.ToScenario(request, "by-hand", Seconds));
            return path;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"cannot write {path}: {wrong.Message}");
        }
    }

    /// <summary>Ends everything, and writes the results.</summary>
    public async Task<RunResult> EndAsync(bool cancelled)
    {
        await over.CancelAsync();
        await Task.WhenAll(housekeeping, following);
        trace.Locked(() =>
        {
            invariants?.JudgePending(network.Now);
            recording.MarkEnd(network.Now);
        });
        meter.Sample(network.ResidentBytesOfProcesses);
        var traffic = network.Counters;
        await network.StopAsync();
        return recording.Finish(new RunEnding
        {
            Performance = meter.Conclude(traffic.FramesReceived, next),
            Transport = TransportSummary.Of(traffic),
            InternalErrors = internalErrors.Texts,
            Invariants = invariants?.Outcomes() ?? [],
            Waived = invariants?.Waived() ?? new Dictionary<string, long>(),
            Expected = invariants?.Expected() ?? new Dictionary<string, long>(),
            Cancelled = cancelled,
            RepeatCommand = ShellWords.OfCheckout(request.Arguments),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await network.DisposeAsync();
        keyWatch?.Dispose();
        security?.Keys.Dispose();
        recording.Dispose();
        Feed?.Dispose();
        oneDeed.Dispose();
        over.Dispose();
    }

    /// <summary>The name of a seed node elsewhere has an address now.</summary>
    /// <returns>Why it cannot be used; null when it can.</returns>
    private string? Take(NodeAddress found, int place)
    {
        // A process of its own gets all its keys when it starts.
        var why = security is not null && request.Scenario.Peers.Hosting == Hosting.ProcessPerNode
            ? "with keys, nodes learn of it when the network starts again"
            : RunSecurity.WhyNotMet(request.Scenario, security?.Keys, found);
        if (why is null) trace.LateSeedNodes.Add(found, place, network, Everybody());
        return why;
    }

    /// <summary>It is reported when nothing passes any more: until then votes are counted across it.</summary>
    private async Task CutAsync()
    {
        await cuts.BeginAsync(Partition, new BetweenGroups([separated]));
        Report(EventKind.FaultStruck, PartitionStrike());
    }

    private FaultStrike PartitionStrike()
    {
        NodeAddress[] others = [.. Everybody().Union(request.SeedNodes).Except(separated)];
        return new FaultStrike(Partition, Partition, [separated, others], MayIsolate: true);
    }

    private void Report(EventKind kind, FaultStrike strike) =>
        trace.Report(NodeAddress.None, network.Now, new ProtocolEvent(kind, Detail: strike));

    private IEnumerable<NodeAddress> Everybody() =>
        request.OwnSeedNodes.Concat(Enumerable.Range(0, next).Select(request.PeerAt));

    /// <summary>
    /// Waits until every peer is registered and linked, as at the beginning of a run; not for ever, because seed nodes
    /// may run elsewhere, and start later.
    /// </summary>
    private async Task FormAsync(NodeAddress[] peers, CancellationToken cancel)
    {
        var limit = network.Now + TimeSpan.FromSeconds(request.Scenario.Phases.FormationSeconds);
        while (!Ask(HasFormed) && network.Now < limit && !cancel.IsCancellationRequested
            && !network.Broken.IsCompleted)
            await Task.Delay(glance, CancellationToken.None);

        bool HasFormed(RunRecord world) => world.JoinedPeers >= peers.Length && Array.TrueForAll(
            peers, peer => world.IsRegistered(peer) && (peers.Length == 1 || world.DegreeOf(peer) > 0));
    }

    private async Task KeepHouseAsync()
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(housekeepingInterval, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            meter.Sample(network.ResidentBytesOfProcesses);
            trace.Locked(() => invariants?.JudgePending(network.Now));
        }
    }

    /// <param name="otherwise">What helps when a port is taken, beside ending the program that has it.</param>
    private static async Task OrTaken(Task starting, Func<NodeAddress, string> otherwise)
    {
        try
        {
            await starting;
        }
        catch (PortInUseException taken)
        {
            throw InWords(taken, otherwise(taken.Address));
        }
        catch (IOException obstacle)
        {
            throw new EnvironmentException(obstacle.Message);
        }
    }

    private static EnvironmentException InWords(PortInUseException taken, string otherwise) =>
        new(TakenPort.InWords(taken, otherwise));
}
