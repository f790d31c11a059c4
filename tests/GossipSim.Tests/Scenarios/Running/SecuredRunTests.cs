using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Whole runs with keys that are made for them: the promises are the same.</summary>
[TestFixture]
internal sealed class SecuredRunTests
{
    private const string KillHub =
        """{ "id": "kill-hub", "type": "crash", "atSeconds": 2, "target": { "pick": "highestDegree" } }""";

    [TestCase("sharedKey", "inProcess")]
    [TestCase("sharedKey", "processPerNode")]
    [TestCase("mutualTls", "inProcess")]
    [TestCase("mutualTls", "processPerNode")]
    [TestCase("mutualTls", "inProcess", "security.peerLinks=mac")]
    [TestCase("mutualTls", "processPerNode", "security.peerLinks=mac")]
    public void A_hub_crashes_and_all_promises_are_kept(string mode, string hosting, params string[] more)
    {
        using var trial = TcpTrial.Of(
            KillHub, seconds: 12, peers: 8,
            settings: [$"security.mode={mode}", $"peers.hosting={hosting}", .. more]);

        Assert.That(trial.Code, Is.EqualTo(ExitCode.Held), trial.Words);
        Assert.That(trial.Summary.GetProperty("peers").GetProperty("registered").GetInt32(), Is.EqualTo(8));
        Assert.That(trial.Summary.GetProperty("detection").GetProperty("removed").GetInt32(), Is.EqualTo(1));
        Assert.That(trial.All(EventKind.InputRefused), Is.Empty);
    }

    [Test]
    public void What_was_recorded_behind_tls_is_replayed_without_any()
    {
        var first = FreePorts.Take(11);
        using var run = new WholeRun();
        var code = run.Main(
            SmallScenarios.With("", peers: 8),
            [.. TcpTrial.At(first), .. TcpTrial.Setting("security.mode=mutualTls", "outputs.recordInputs=true")]);
        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);

        Assert.That(run.Main("{}", "replay", run.RunFolder), Is.EqualTo(ExitCode.Held), run.Error);
    }
}
