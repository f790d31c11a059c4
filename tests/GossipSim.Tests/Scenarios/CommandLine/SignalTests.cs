using GossipSim.Tests.Scenarios.Nodes;
using GossipSim.Tests.Scenarios.Results;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

/// <summary>The program as the system ends it: Ctrl-C, a terminal that closes, a service that is stopped.</summary>
[Platform("Linux, MacOsX")]
internal sealed class SignalTests
{
    [TestCase("INT")]
    [TestCase("HUP")]
    [TestCase("TERM")]
    public async Task A_run_that_is_told_to_end_in_its_first_moment_leaves_its_results(string signal)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["long.json"], SmallScenarios.With("", peers: 8, measureSeconds: 600_000));
        using var program = new NodeProgram(
            folder.Path, "run", "long.json", "--output", "runs", "--set", "outputs.eventLog=none");
        await Patience.UntilAsync(
            () => Directory.Exists(folder["runs/latest"]), "a folder for the results", () => program.Text);
        using var kill = NodeProgram.Of(folder.Path, "/bin/sh", "-c", $"kill -{signal} {program.Id}");

        Assert.That(await program.ExitCodeAsync(), Is.EqualTo(130), program.Text);
        Assert.That(File.Exists(folder["runs/latest/summary.json"]), Is.True, program.Text);
        Assert.That(program.Text, Does.Contain("Cancelled."));
    }
}
