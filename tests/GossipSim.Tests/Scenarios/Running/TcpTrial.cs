using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>A whole run on real sockets, with what its event log tells.</summary>
internal sealed class TcpTrial : IDisposable
{
    private readonly WholeRun run = new();
    private readonly int firstPort;

    private TcpTrial(string scenario, int peers, int newcomers, string[] settings)
    {
        firstPort = FreePorts.Take(3 + peers + newcomers);
        Code = run.Main(scenario, [.. At(firstPort), .. Setting(settings)]);
        using var file = File.OpenRead(run[EventLog.FileName]);
        using var log = new EventLogReader(file, EventLog.FileName);
        Events = [.. log.Events()];
    }

    public ExitCode Code { get; }

    public IReadOnlyList<LoggedEvent> Events { get; }

    public string Words => run.Error + run.Output;

    public JsonElement Summary => run.Json;

    public static TcpTrial Of(string faults, int seconds, int peers = 8, int newcomers = 0, params string[] settings) =>
        new(SmallScenarios.With(faults, seconds, peers), peers, newcomers, settings);

    /// <summary>Arguments that run the file on TCP, at ports of the test's own.</summary>
    public static string[] At(int firstPort) =>
    [
        "small.json", "--runtime", "tcp", "--json", "--set", $"seedNodes.basePort={firstPort}",
        "--set", $"peers.basePort={firstPort + 3}",
        // A dozen processes that start beside other tests' have formed when the machine comes to them.
        "--set", $"phases.formationSeconds={Patience.Limit.TotalSeconds}",
    ];

    public static IEnumerable<string> Setting(params string[] settings) =>
        settings.SelectMany(setting => new[] { "--set", setting });

    public IReadOnlyList<LoggedEvent> All(EventKind kind) => [.. Events.Where(e => e.Kind == kind)];

    /// <summary>Whom a fault struck, and when, in scenario seconds.</summary>
    public IReadOnlyList<(double At, FaultStrike Strike)> Strikes(EventKind kind, string faultId) =>
    [
        .. All(kind).Select(e => (At: SecondsOf(e), Strike: (FaultStrike)e.Event.Detail!))
            .Where(each => each.Strike.FaultId == faultId),
    ];

    /// <summary>Whether a fault had struck when that happened; by the order of the log, not by clocks.</summary>
    public bool HasStruck(string faultId, LoggedEvent before) => Events.Any(e => e.Seq < before.Seq
        && e.Kind == EventKind.FaultStruck && ((FaultStrike)e.Event.Detail!).FaultId == faultId);

    public double SecondsOf(LoggedEvent e) => (e.At - Events.First(each => each.Mark is not null).At).TotalSeconds;

    public NodeAddress SeedNode(int place) => NodeAddress.Parse($"127.0.0.1:{firstPort + place}");

    public NodeAddress Peer(int place) => NodeAddress.Parse($"127.0.0.1:{firstPort + 3 + place}");

    public void Dispose() => run.Dispose();
}
