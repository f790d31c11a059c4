using System.Globalization;
using GossipSim.Tests.Scenarios.Nodes;
using GossipSim.Tests.Scenarios.Results;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

/// <summary>The program as the system ends it: Ctrl-C, a terminal that closes, a service that is stopped.</summary>
[Platform("Linux, MacOsX")]
internal sealed class SignalTests
{
    [TestCase("INT", 2)]
    [TestCase("HUP", 1)]
    [TestCase("TERM", 15)]
    public async Task A_run_that_is_told_to_end_in_its_first_moment_leaves_its_results(string signal, int number)
    {
        Assume.That(IsIgnoredHere(number), Is.False, $"under nohup and the like, what is started ignores {signal} too");
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

    /// <summary>As the system tells it on Linux; elsewhere nobody can be asked.</summary>
    private static bool IsIgnoredHere(int signal)
    {
        const string status = "/proc/self/status", ignored = "SigIgn:";
        if (!File.Exists(status)) return false;
        var line = File.ReadLines(status).First(line => line.StartsWith(ignored, StringComparison.Ordinal));
        var mask = ulong.Parse(line[ignored.Length..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (mask >> (signal - 1) & 1) != 0;
    }
}
