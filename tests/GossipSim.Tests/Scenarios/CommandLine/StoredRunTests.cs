using GossipSim.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

/// <summary>Every command that reads a run finds the same one.</summary>
internal sealed class StoredRunTests
{
    private const string Small = """
        {
          "name": "small", "runtime": "sim", "randomSeed": 3, "peers": { "count": 5 },
          "phases": { "warmupSeconds": 1, "measureSeconds": 3, "drainSeconds": 2 }, "outputs": { "plots": [] }
        }
        """;

    [Test]
    public void A_copied_latest_gives_no_command_the_old_run()
    {
        using var run = new WholeRun();
        Assert.That(run.Main(Small, "run", "small.json"), Is.EqualTo(ExitCode.Held));
        // As scp -r, zip and cloud folders leave it.
        var latest = Path.Combine(run.Results, "latest");
        var old = Path.Combine(run.Results, new FileInfo(latest).LinkTarget!);
        File.Delete(latest);
        foreach (var file in Directory.GetFiles(old))
            File.Copy(file, Path.Combine(Directory.CreateDirectory(latest).FullName, Path.GetFileName(file)));

        Assert.That(run.Main(Small, "run", "small.json", "--random-seed", "99"), Is.EqualTo(ExitCode.Held));

        Assert.That(run.Error, Does.Contain("note: ").And.Contain("latest does not lead to this run: it is a folder"));
        foreach (string[] named in (string[][])[[], ["latest"], ["results/latest"], ["results/latest/"]])
        {
            AssertTaken(run, ["analyze", .. named, "--json"], "\"randomSeed\":99");
            AssertTaken(run, ["explain", .. named], "small (sim)");
            AssertTaken(run, ["export", .. named, "--format", "dot", "--output", "-"], "random seed 99");
            AssertTaken(run, ["replay", .. named], "Equal: ");
            AssertTaken(run, ["view", .. named], "_small_s99");
            AssertTaken(run, ["dashboard", .. named], "_small_s99");
        }

        var before = run.Error.Length;
        run.Main(Small, "compare", "results/latest", "small.json");
        Assert.That(run.Error[before..], Does.Contain("_small_s99, started ").And.Contain("there is no runs.csv"));
    }

    [TestCase("analyze")]
    [TestCase("explain")]
    [TestCase("export", "--format", "dot")]
    [TestCase("replay")]
    [TestCase("view")]
    [TestCase("dashboard")]
    public void Without_a_run_the_folder_of_one_is_asked_for(params string[] arguments)
    {
        using var run = new WholeRun();

        Assert.That(run.Main(Small, arguments), Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("no run \"results/latest\"; allowed is the folder of a run"));
    }

    private static void AssertTaken(WholeRun run, string[] arguments, string expected)
    {
        var (output, error) = (run.Output.Length, run.Error.Length);
        var code = run.Main(Small, arguments);
        var (said, told) = (run.Output[output..], run.Error[error..]);
        Assert.That(code, Is.EqualTo(ExitCode.Held), told);
        Assert.That(said.Replace(" ", "", StringComparison.Ordinal), Does.Contain(
            expected.Replace(" ", "", StringComparison.Ordinal)), string.Join(' ', arguments));
        Assert.That(told, Does.Contain("latest is a folder, not the link").And.Contain("_small_s99, started "));
    }
}
