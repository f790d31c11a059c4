using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Stages;

/// <summary>
/// The nodes that are looked at, wherever they are hosted, and the logs that they write. The checks see of them what
/// anybody can: their ports, their log, and whether they could be started and killed.
/// </summary>
internal sealed class NetworkUnderTest : ITrace, IAsyncDisposable
{
    private static readonly TimeSpan glance = TimeSpan.FromMilliseconds(5);

    private readonly StageSetup setup;
    private readonly string folder;
    private readonly RunLogs logs;
    private readonly NodeJournal journal;
    private readonly PublishingStart publishing;
    private readonly ConcurrentDictionary<NodeAddress, bool> voting = new();
    private readonly IHostedNetwork network;
    private InternalError? broken;

    /// <param name="folder">Where <c>outputfile.txt</c> and <c>logs/</c> grow.</param>
    /// <param name="host">Makes the network whose events the trace gets.</param>
    public NetworkUnderTest(StageSetup setup, string folder, Func<ITrace, IHostedNetwork> host)
    {
        this.setup = setup;
        this.folder = folder;
        logs = new RunLogs(
            folder, FactsOfRun.Of(setup.Scenario, setup.Settings), setup.Zero, setup.Scenario.Outputs.CompatLogs);
        journal = new NodeJournal(logs);
        publishing = new PublishingStart(setup.Scenario.Gossip);
        network = host(this);
        network.Failed += error => Interlocked.CompareExchange(ref broken, error, null);
    }

    /// <summary>The first internal error of a node; null as long as there was none.</summary>
    public InternalError? Broken => Volatile.Read(ref broken);

    public string OutputFile => Path.Combine(folder, "outputfile.txt");

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        journal.Report(node, now, protocolEvent);
        if (protocolEvent.Kind == EventKind.LearningFinished) voting[node] = true;
        publishing.Observe(node, protocolEvent, network);
    }

    public async Task StartAsync(NodeAddress node)
    {
        try
        {
            await network.StartAsync(node);
        }
        catch (PortInUseException taken)
        {
            throw new EnvironmentException(TakenPort.InWords(taken, "choose others with --seed-port and --peer-port"));
        }
    }

    public Task KillAsync(NodeAddress node) => network.CrashAsync(node, "kill");

    public bool IsRunning(NodeAddress node) => network.IsRunning(node);

    /// <summary>Until all seed nodes vote: at the first start they have to hear of each other before.</summary>
    public async Task VotingAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        while (!setup.SeedNodes.All(voting.ContainsKey))
        {
            if (Stopwatch.GetElapsedTime(begun) > setup.Waits.Registration)
                throw new TimeoutException("the seed nodes do not vote");
            await Task.Delay(glance);
        }
    }

    /// <summary>The lines of <c>outputfile.txt</c> so far.</summary>
    public LogText ReadLog()
    {
        if (journal.Failed.Task.IsCompletedSuccessfully)
            throw new EnvironmentException(journal.Failed.Task.Result.Message);
        if (!File.Exists(OutputFile)) return new LogText([]);
        using var file = new FileStream(OutputFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var text = reader.ReadToEnd();
        // What is written right now is no line yet.
        return new LogText(text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public async ValueTask DisposeAsync()
    {
        await network.DisposeAsync();
        journal.Dispose();
        logs.Dispose();
    }
}
