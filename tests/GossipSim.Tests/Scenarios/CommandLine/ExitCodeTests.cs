using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

internal sealed class ExitCodeTests
{
    private readonly ProgramRun program = new();
    private readonly List<RunRequest> requests = [];

    [SetUp]
    public void AcceptRuns()
    {
        program.Run = (request, _, _) =>
        {
            requests.Add(request);
            return Task.FromResult(ExitCode.Held);
        };
        program.Folder.Write("a.json", """{ "runtime": "tcp" }""");
    }

    [TearDown]
    public void RemoveFolder() => program.Dispose();

    [Test]
    public void A_scenario_alone_means_run()
    {
        Assert.That(program.Main("a.json"), Is.EqualTo(ExitCode.Held));
        Assert.That(program.Main("run", "a"), Is.EqualTo(ExitCode.Held));

        Assert.That(requests, Has.Count.EqualTo(2));
        Assert.That(requests[0].Scenario.Runtime, Is.EqualTo(RuntimeKind.Tcp));
        Assert.That(requests[0].ResultsDirectory, Is.EqualTo(Path.Combine(program.Folder.Current, "results")));
        Assert.That(requests[0].Arguments, Is.EqualTo(new[] { "run", "a.json" }));
        Assert.That(program.Output, Does.StartWith("Scenario a: a.json" + Environment.NewLine));
        Assert.That(program.Error, Is.Empty);
    }

    [Test]
    public void Options_reach_the_run_and_change_the_scenario()
    {
        ExitCode code = program.Main(
            "a.json", "--runtime", "sim", "--random-seed", "7", "--set", "peers.count=5", "--set", "tags=[\"x\"]",
            "--output", "out", "--strict");

        Assert.That(code, Is.EqualTo(ExitCode.Held), program.Error);
        RunRequest request = requests.Single();
        Assert.That(request.Scenario.Runtime, Is.EqualTo(RuntimeKind.Sim));
        Assert.That(request.Scenario.RandomSeed, Is.EqualTo(7));
        Assert.That(request.Scenario.Peers.Count, Is.EqualTo(5));
        Assert.That(request.Scenario.Tags, Is.EqualTo(new[] { "x" }));
        Assert.That(request.ResultsDirectory, Is.EqualTo(Path.Combine(program.Folder.Current, "out")));
        Assert.That((request.Strict, request.Json), Is.EqualTo((true, false)));
    }

    [Test]
    public void Options_may_stand_before_the_scenario()
    {
        Assert.That(program.Main("--runtime", "sim", "a.json"), Is.EqualTo(ExitCode.Held), program.Error);
        Assert.That(requests.Single().Scenario.Runtime, Is.EqualTo(RuntimeKind.Sim));
    }

    [Test]
    public void With_json_nothing_but_the_handlers_object_is_on_stdout()
    {
        program.Main("a.json", "--json");

        Assert.That(requests.Single().Json, Is.True);
        Assert.That(program.Output, Is.Empty);
        Assert.That(program.Error, Does.StartWith("Scenario a: a.json"));
    }

    [TestCase("gone.json", Description = "missing file")]
    [TestCase("a.json", "--set", "peers.count=0")]
    [TestCase("a.json", "--runtime", "tpc")]
    [TestCase("a.json", "--runtime")]
    [TestCase("a.json", "--random-seed", "abc")]
    [TestCase("a.json", "--random-seed", "-1")]
    [TestCase("a.json", "--random-seed", "9007199254740992")]
    [TestCase("a.json", "--randomseed", "1")]
    [TestCase("a.json", "b.json")]
    [TestCase("run")]
    [TestCase("rum")]
    [TestCase("valdate", "a.json")]
    [TestCase("validate")]
    [TestCase("validate", "gone.json")]
    [TestCase("list", "x")]
    [TestCase("analyze")]
    [TestCase("analyze", "degrees")]
    [TestCase("analyze", "degrees", "gone.txt")]
    [TestCase("analyze", "degrees", "a.json", "--bootstrap", "-1")]
    [TestCase("analyze", "degrees", "a.json")]
    [TestCase("")]
    [TestCase("@a.json")]
    public void A_mistake_is_one_line_on_stderr_and_exit_code_2(params string[] arguments)
    {
        ExitCode code = program.Main(arguments);

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error.TrimEnd('\n', '\r'), Is.Not.Empty.And.Not.Contain("\n"));
        Assert.That(program.Error, Does.Not.Contain("   at "));
        Assert.That(program.Output, Is.Empty);
        Assert.That(requests, Is.Empty);
    }

    [TestCase(
        new[] { "a.json", "--runtime", "tpc" },
        "--runtime tpc: runtime: found \"tpc\", allowed is one of sim, tcp; did you mean \"tcp\"?")]
    [TestCase(
        new[] { "a.json", "--runtme", "sim" },
        "gossipsim run: unknown option --runtme; did you mean \"--runtime\"?"
        + " (gossipsim run --help tells more)")]
    [TestCase(
        new[] { "valdate", "a.json" },
        "gossipsim: unknown command \"valdate\"; did you mean \"validate\"? (gossipsim --help tells more)")]
    [TestCase(new[] { "a.json", "b.json" }, "gossipsim run: unexpected \"b.json\" (gossipsim run --help tells more)")]
    public void The_line_says_what_to_do(string[] arguments, string line)
    {
        program.Main(arguments);

        Assert.That(program.Error.TrimEnd(), Is.EqualTo(line));
    }

    [TestCase("--output: found nothing, allowed is the name of a folder", "a.json", "--output", "")]
    [TestCase("--output: found nothing, allowed is the name of a folder", "analyze", "a", "--output", "")]
    [TestCase("--output: found nothing, allowed is the name of a folder", "topology", "--rule", "ring", "--output", "")]
    [TestCase(
        "--output: found nothing, allowed is the name of a file", "export", "a", "--format", "csv", "--output", "")]
    public void A_path_of_nothing_is_not_the_current_directory(string line, params string[] arguments)
    {
        Assert.That(program.Main(arguments), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error.TrimEnd(), Is.EqualTo(line));
    }

    [Test]
    public void Of_several_problems_run_tells_the_first_and_how_to_see_all()
    {
        program.Folder.Write("bad.json", """{ "peers": { "count": 0, "prot": 1 } }""");

        program.Main("bad.json");

        Assert.That(program.Error.TrimEnd(), Is.EqualTo(
            "bad.json:1:23: peers.count: found 0, allowed is a whole number from 1 to 1000000"
            + " (1 more: gossipsim validate tells all)"));
    }

    [Test]
    public void Of_the_ports_of_a_local_network_the_last_one_that_fits_is_named()
    {
        program.LocalNetwork = (_, _, _) => Task.FromResult(ExitCode.Held);

        Assert.That(program.Main("up", "1", "5", "--peer-port", "65534"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(
            program.Error.TrimEnd(), Is.EqualTo("--peer-port: found 65534, allowed are ports from 1 to 65531"));
    }

    [Test]
    public void A_setting_of_one_side_only_is_called_as_it_was_typed()
    {
        program.Compare = (_, _, _) => Task.FromResult(ExitCode.Held);

        Assert.That(
            program.Main("compare", "a.json", "a.json", "--set-a", "peers.count=1e99"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith("--set-a peers.count=1e99: peers.count: found 1e99, allowed is"));
    }

    [Test]
    public void A_missing_scenario_is_explained_even_without_an_extension()
    {
        program.Folder.Ship("crash-hub.json", "{}");

        Assert.That(program.Main("crash-hbu"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.StartWith("gossipsim: no scenario \"crash-hbu\"; did you mean \"crash-hub\"?"));
    }

    [Test]
    public void What_the_handler_returns_is_the_exit_code([Values] ExitCode code)
    {
        program.Run = (_, _, _) => Task.FromResult(code);

        Assert.That(program.Main("a.json"), Is.EqualTo(code));
    }

    [Test]
    public void An_obstacle_of_the_machine_is_one_line_and_exit_code_4()
    {
        program.Run = (_, _, _) => throw new EnvironmentException("port 6000 is in use");

        Assert.That(program.Main("a.json"), Is.EqualTo(ExitCode.Environment));
        Assert.That(program.Error.TrimEnd(), Is.EqualTo("port 6000 is in use"));
    }

    [Test]
    public void A_file_that_cannot_be_written_any_more_is_an_obstacle_of_the_machine()
    {
        program.Run = (_, _, _) => throw new IOException("/results/peer.log: Too many open files");

        Assert.That(program.Main("a.json"), Is.EqualTo(ExitCode.Environment));
        Assert.That(program.Error.TrimEnd(), Is.EqualTo("gossipsim: /results/peer.log: Too many open files"));
    }

    [Test]
    public void A_folder_that_the_user_may_not_touch_is_an_obstacle_of_the_machine()
    {
        program.Run = (_, _, _) => throw new UnauthorizedAccessException("Access to the path '/secret/x' is denied.");

        Assert.That(program.Main("a.json"), Is.EqualTo(ExitCode.Environment));
        Assert.That(program.Error.TrimEnd(), Is.EqualTo("gossipsim: Access to the path '/secret/x' is denied."));
    }

    [Test]
    public void A_bug_is_one_line_that_asks_for_a_report_and_exit_code_5()
    {
        program.Run = (_, _, _) => throw new InvalidOperationException("impossible");

        Assert.That(program.Main("a.json"), Is.EqualTo(ExitCode.Internal));
        Assert.That(program.Error, Does.Contain("internal error").And.Contain("impossible").And.Contain("report it"));
        Assert.That(program.Error.TrimEnd(), Does.Not.Contain("\n"));
    }

    [Test]
    public void A_cancelled_run_is_exit_code_130()
    {
        program.Run = (_, _, _) => Task.FromCanceled<ExitCode>(new CancellationToken(canceled: true));

        Assert.That(program.Main("a.json"), Is.EqualTo(ExitCode.Cancelled));
    }

    [Test]
    public void A_command_exists_once_its_handler_does()
    {
        Assert.That(program.Main("explore", "a.json"), Is.EqualTo(ExitCode.BadInput));

        ExploreRequest? asked = null;
        program.Explore = (request, _, _) =>
        {
            asked = request;
            return Task.FromResult(ExitCode.Failed);
        };
        ExitCode code = program.Main("explore", "a.json", "--runs", "1000", "--random-seed", "9");

        Assert.That(code, Is.EqualTo(ExitCode.Failed));
        Assert.That(asked!.Runs, Is.EqualTo(1000));
        Assert.That(asked.Scenario.RandomSeed, Is.EqualTo(9));
        Assert.That(program.Main("explore", "a.json", "--runs", "0"), Is.EqualTo(ExitCode.BadInput));
    }
}
