using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

[TestFixture]
internal sealed class ThreadsOptionTests
{
    [Test]
    public void Every_number_of_threads_gives_the_same_run_and_is_no_part_of_the_scenario()
    {
        using var one = new WholeRun();
        using var three = new WholeRun();

        one.Main(SmallScenarios.CrashHub, "small.json", "--json");
        var code = three.Main(SmallScenarios.CrashHub, "small.json", "--json", "--threads", "3");

        Assert.That(code, Is.EqualTo(ExitCode.Held), three.Error);
        Assert.That(
            three.Json.GetProperty("fingerprint").GetString(),
            Is.EqualTo(one.Json.GetProperty("fingerprint").GetString()));
        Assert.That(three.Text("scenario.effective.json"), Is.EqualTo(one.Text("scenario.effective.json")));
        Assert.That(three.Text("run.json"), Does.Contain("--threads 3"));
    }

    [Test]
    public void A_checked_run_on_two_threads_is_compared_with_one_on_a_single_thread()
    {
        using var run = new WholeRun();

        var code = run.Main(
            SmallScenarios.CrashHub, "small.json", "--json", "--threads", "2", "--check-determinism");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        Assert.That(run.Json.GetProperty("determinism").GetProperty("equal").GetBoolean(), Is.True);
    }

    [TestCase("0")]
    [TestCase("65")]
    [TestCase("-1")]
    public void A_number_out_of_range_is_refused_with_what_is_allowed(string threads)
    {
        using var run = new WholeRun();

        var code = run.Main(SmallScenarios.CrashHub, "small.json", "--threads", threads);

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Is.EqualTo(
            $"--threads: found {threads}, allowed is a whole number from 1 to 64{Environment.NewLine}"));
    }

    [Test]
    public void Sockets_have_no_threads_to_choose()
    {
        using var run = new WholeRun();

        var code = run.Main(SmallScenarios.CrashHub, "small.json", "--threads", "2", "--runtime", "tcp");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.StartWith("--threads: "));
    }
}
