using System.Diagnostics;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>Runs a scenario on real TCP sockets: the steps of the simulator, at the pace of the wall clock.</summary>
internal sealed class TcpRun : IAsyncDisposable
{
    /// <summary>Our choice: how soon the runner notices that formation is done, or that it is told to stop.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromSeconds(1);

    private readonly Scenario scenario;
    private readonly ProtocolSettings settings;
    private readonly AddressPlan plan;
    private readonly Formation formation;
    private readonly SharedTrace trace;
    private readonly NetworkSecurity? security;
    private readonly IHostedNetwork network;
    private readonly InternalErrorNotes internalErrors;
    private readonly YoungObjects youngObjects = new();
    private IReadOnlyList<KindTraffic> sentAtStart = [];
    private Timeline? timeline;

    /// <param name="diskDirectory">Where the disks of nodes are that are processes; gone when it is over.</param>
    public TcpRun(Scenario scenario, ProtocolSettings settings, string diskDirectory)
    {
        // What sockets cannot do was said before the run; it is left out here.
        this.scenario = scenario with
        {
            Faults = [.. scenario.Faults.Where(fault => !fault.IsSimulatorOnly)],
        };
        this.settings = settings;
        plan = settings.Plan;
        formation = new Formation(settings, scenario.Security.PeersTakeTls);
        trace = new SharedTrace(formation);
        NodeAddress[] all = [.. Enumerable.Range(0, plan.Count).Select(index => plan[index])];
        security = RunSecurity.Of(scenario, settings.SeedNode.SeedNodes, all);
        network = scenario.Peers.Hosting == Hosting.ProcessPerNode
            ? OnProcesses(diskDirectory) : InThisProcess();
        internalErrors = new InternalErrorNotes(network);
    }

    /// <summary>The date and time of the run's instant zero.</summary>
    private DateTimeOffset Zero =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(settings.Peer.EpochUnixSeconds * 1000));

    private RealNetwork InThisProcess()
    {
        var placements = Enumerable.Range(0, plan.Count).Select(index => new Placement(
            plan[index],
            plan.IsSeedNode(index) ? HostedRole.SeedNode : HostedRole.Peer,
            settings.FactoryOf(index))).ToList();
        var options = new RealNetworkOptions
        {
            Cluster = security?.Keys.Trust.Cluster ?? scenario.Name,
            Security = security,
            Signing = RunSecurity.SigningOf(security, settings.SeedNode),
            RandomSeed = (ulong)scenario.RandomSeed,
            OwnMessages = settings.Own?.Protocol.Messages ?? [],
            ClockZero = WallClock.StampAt(Zero),
        };
        return new RealNetwork(
            options.WithNetworkOf(scenario, plan, settings.SeedNode.SeedNodes), placements, trace);
    }

    private ProcessNetwork OnProcesses(string diskDirectory)
    {
        var options = new ProcessNetworkOptions
        {
            Addresses = [.. Enumerable.Range(0, plan.Count).Select(index => plan[index])],
            Launch = HostedNode.Launcher(scenario, settings.SeedNode.SeedNodes, Zero, plan.IndexOf, security),
            DiskDirectory = diskDirectory,
            ClockZero = WallClock.StampAt(Zero),
        };
        return new ProcessNetwork(options, trace);
    }

    /// <summary>Before there is a run, and a folder of one.</summary>
    /// <exception cref="EnvironmentException">A port is taken.</exception>
    public static void RequireFreePorts(AddressPlan plan)
    {
        try
        {
            for (var index = 0; index < plan.Count; index++) RealNetwork.RequireFree(plan[index]);
        }
        catch (PortInUseException taken)
        {
            throw InWords(taken);
        }
    }

    /// <summary>Takes all ports.</summary>
    /// <exception cref="EnvironmentException">One of them is taken; nothing is left open.</exception>
    public async Task OpenAsync()
    {
        try
        {
            await network.OpenAsync();
        }
        catch (PortInUseException taken)
        {
            throw InWords(taken);
        }
        catch (IOException obstacle)
        {
            throw new EnvironmentException(obstacle.Message);
        }
    }

    private static EnvironmentException InWords(PortInUseException taken) => new(TakenPort.InWords(
        taken, "choose others with --set seedNodes.basePort=N and --set peers.basePort=N"));

    public async Task<RunAttempt> RunAsync(
        IRunObserver observer, InvariantWatch? invariants, LinkLatencies? latencies, PerformanceMeter meter,
        CancellationToken cancel, string? recordInto = null)
    {
        if (recordInto is not null) ((RealNetwork)network).RecordInto(recordInto);
        trace.Attach(observer, invariants, latencies);
        var pace = new Pace(this, invariants, meter, cancel);
        var outcome = await FormAsync(observer, pace);
        IReadOnlyList<NodeAddress> laggards = [];
        IReadOnlyList<RunWarning> warnings = [];
        if (outcome == RunOutcome.NotFormed) laggards = trace.Locked(() => formation.Laggards(observer.World));
        if (outcome is null) outcome = await RunScenarioAsync(observer, invariants, meter, pace);
        trace.Locked(() =>
        {
            if (outcome == RunOutcome.Completed) invariants?.JudgeEnd(network.Now);
            observer.MarkEnd(network.Now);
            if (outcome == RunOutcome.Completed) warnings = timeline!.Warnings(observer.World);
        });
        meter.Sample(network.ResidentBytesOfProcesses);
        var (traffic, sent) = (network.Counters, SentByKind.Of(network.SentByKind));
        await network.StopAsync();
        return new RunAttempt(
            outcome.Value, Fingerprint: null, traffic.FramesReceived, laggards, Traffic: traffic,
            Sent: new RunTraffic(sentAtStart, sent))
        {
            Warnings = warnings, InternalErrors = internalErrors.Texts,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await network.DisposeAsync();
        security?.Keys.Dispose();
        youngObjects.Dispose();
    }

    private async Task<RunOutcome?> FormAsync(IRunObserver observer, Pace pace)
    {
        var limit = network.Now + TimeSpan.FromSeconds(scenario.Phases.FormationSeconds);
        await Task.WhenAll(Enumerable.Range(0, plan.SeedNodes).Select(index => network.StartAsync(plan[index])));
        if (!await pace.UntilAsync(limit, () => trace.Locked(() => formation.CanRegister)))
            return pace.StopReason() ?? RunOutcome.NotFormed;

        var begin = network.Now;
        for (var peer = 0; peer < settings.InitialPeers; peer++)
        {
            await pace.UntilAsync(begin + TimeSpan.FromMilliseconds(peer * scenario.Peers.JoinIntervalMs), () => false);
            var started = peer;
            var mayStart = await pace.UntilAsync(
                limit, () => trace.Locked(() => formation.HasRoom(started, observer.World)));
            if (pace.StopReason() is { } stopped) return stopped;
            if (!mayStart) return RunOutcome.NotFormed;
            var before = network.Now;
            await network.StartAsync(plan[plan.SeedNodes + peer]);
            limit += network.Now - before;   // what the machine takes for a process is no formation
        }

        var isFormed = await pace.UntilAsync(limit, () => trace.Locked(() => formation.IsDone(observer.World)));
        return isFormed ? null : pace.StopReason() ?? RunOutcome.NotFormed;
    }

    private async Task<RunOutcome> RunScenarioAsync(
        IRunObserver observer, InvariantWatch? invariants, PerformanceMeter meter, Pace pace)
    {
        // Forming leaves thousands of ended connections behind. They shall not be collected amid what is measured, nor
        // take up memory until then.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var start = network.Now;
        trace.Locked(() =>
        {
            observer.MarkScenarioStart(start);
            invariants?.MarkScenarioStart(start);
        });
        sentAtStart = SentByKind.Of(network.SentByKind);
        meter.MarkScenarioStart();
        var running = new RunningSockets(network, plan, scenario.Network);
        trace.Locked(() =>
        {
            timeline = new Timeline(scenario, settings, observer.World, running, trace);
            trace.Attach(timeline);
            timeline.Begin();
        });
        var end = start + TimeSpan.FromSeconds(scenario.Phases.TotalSeconds);
        while (await pace.UntilAsync(end, () => trace.Locked(() => running.IsDue)))
        {
            trace.Locked(running.ActDue);
            await running.DoneAsync();
        }

        meter.MarkScenarioEnd();
        return pace.StopReason() ?? RunOutcome.Completed;
    }

    /// <summary>Lets time pass: until a moment or a condition, with an eye on what ends a run early.</summary>
    private sealed class Pace(TcpRun run, InvariantWatch? invariants, PerformanceMeter meter, CancellationToken cancel)
    {
        private Instant keptHouse;

        /// <summary>Whether the condition came true; false when the moment came or the run shall stop.</summary>
        public async Task<bool> UntilAsync(Instant moment, Func<bool> condition)
        {
            while (StopReason() is null)
            {
                if (condition()) return true;
                var left = moment - run.network.Now;
                if (left <= TimeSpan.Zero) return false;
                var wait = left < Glance ? left : Glance;
                var began = Stopwatch.GetTimestamp();
                await Task.Delay(wait, CancellationToken.None);
                meter.NoteTimer(wait, Stopwatch.GetElapsedTime(began));
                KeepHouse();
            }

            return false;
        }

        public RunOutcome? StopReason()
        {
            if (run.network.Broken is { IsCompletedSuccessfully: true, Result: var broken })
                throw new InvalidOperationException($"{broken.Node} failed: {broken.Error.Message}", broken.Error);
            if (cancel.IsCancellationRequested) return RunOutcome.Cancelled;
            return invariants is { IsViolated: true } && run.scenario.Invariants.OnViolation == ViolationReaction.Stop
                ? RunOutcome.Violated
                : null;
        }

        private void KeepHouse()
        {
            var now = run.network.Now;
            if (now - keptHouse < HousekeepingInterval) return;
            keptHouse = now;
            meter.Sample(run.network.ResidentBytesOfProcesses);
            if (invariants is null) return;
            run.trace.Locked(() =>
            {
                for (var index = 0; index < run.plan.Count; index++)
                    invariants.MeasureMemory(
                        run.plan[index], run.plan.IsSeedNode(index), run.network.TableEntriesAt(run.plan[index]), now);
                invariants.JudgePending(now);
            });
        }
    }
}
