using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>A run on TCP whose links are emulated and whose nodes are not well, wherever the nodes run.</summary>
internal static class TcpWeather
{
    private const string Faults =
        """
        { "id": "far", "type": "linkDelay", "atSeconds": 4, "addLatencyMs": 90, "target": { "index": [0, 1, 2] } },
        { "id": "lossy", "type": "linkLoss", "atSeconds": 1, "durationSeconds": 6, "lossProbability": 0.03 },
        { "id": "narrow", "type": "linkBandwidth", "atSeconds": 2, "bytesPerSecond": 50000 },
        { "id": "noise", "type": "corrupt", "atSeconds": 5, "durationSeconds": 2, "probability": 0.005 },
        { "id": "slow", "type": "slowNode", "atSeconds": 1, "target": { "index": [5] },
          "processingDelayMs": { "distribution": "exponential", "mean": 10 } },
        { "id": "wrong", "type": "clockSkew", "atSeconds": 1, "offsetMs": -3000, "driftPpm": 500,
          "target": { "index": [6] } }
        """;

    private static readonly string[] emulated =
    [
        "network.emulateOnTcp=true",
        """network.latency={ "distribution": "uniform", "fromMs": 30, "toMs": 90, "jitterFraction": 0.1 }""",
    ];

    public static void AssertMessagesTakeWhatTheModelAndTheFaultsSay(params string[] settings)
    {
        using var trial = TcpTrial.Of(Faults, seconds: 9, settings: [.. emulated, .. settings]);

        Assert.That(trial.Code, Is.EqualTo(ExitCode.Held), trial.Words);
        Assert.That(trial.Words, Does.Not.Contain("left out"));
        Assert.That(trial.Summary.GetProperty("latencySource").GetString(), Is.EqualTo("emulated"));
        Assert.That(trial.Summary.GetProperty("detection").GetProperty("falseRemovals").GetInt32(), Is.Zero);
        AssertCrossings(trial);
        AssertClock(trial);
    }

    /// <summary>Each link is as long as in the simulator, and longer where the fault says so.</summary>
    private static void AssertCrossings(TcpTrial trial)
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load(SmallScenarios.With("", peers: 8), emulated);
        var lengths = new LinkLengths(NetworkModels.LatencyOf(scenario), (ulong)scenario.RandomSeed);
        var far = trial.Strikes(EventKind.FaultStruck, "far").Single().At;
        var published = trial.All(EventKind.GossipPublished).ToDictionary(IdOf);
        int[] crossings = [0, 0];
        foreach (var e in trial.All(EventKind.GossipDelivered).Where(e => e.Event.Number == 1))
        {
            var origin = published[IdOf(e)];
            var (from, to) = (IndexOf(trial, e.About), IndexOf(trial, e.Node));
            // The processes of nodes hear of the fault a little later.
            var isFar = Math.Min(from, to) < 6 && trial.SecondsOf(origin) > far + 1;
            crossings[isFar ? 1 : 0]++;
            var least = (lengths.Between(from, to) / 1000.0) + (isFar ? 90 : 0);
            // The log has whole milliseconds.
            Assert.That((e.At - origin.At).TotalMilliseconds, Is.GreaterThanOrEqualTo(least - 1), IdOf(e));
        }

        Assert.That(crossings, Is.All.GreaterThan(10));
    }

    /// <summary>A wrong clock shows in the ids that its peer makes.</summary>
    private static void AssertClock(TcpTrial trial)
    {
        var ahead = trial.All(EventKind.GossipPublished).Where(e => trial.SecondsOf(e) > 2)
            .ToLookup(e => e.Node == trial.Peer(6), e => SecondsOf(IdOf(e)) - e.At.TotalSeconds);
        var right = ahead[false].Average();

        Assert.That(ahead[false].Select(each => each - right), Is.Not.Empty.And.All.EqualTo(0).Within(0.1));
        Assert.That(ahead[true].Select(each => each - right), Is.Not.Empty.And.All.EqualTo(-3).Within(0.1));
    }

    /// <summary>The timestamp in an id is what the publisher's clock showed.</summary>
    private static double SecondsOf(string id) =>
        double.Parse(id.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static int IndexOf(TcpTrial trial, NodeAddress node) => node.Port - trial.SeedNode(0).Port;

    private static string IdOf(LoggedEvent e) => ((LoggedGossip)e.Event.Detail!).Id;
}
