using System.Diagnostics;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.LocalNetworks;
using GossipSim.Scenarios.Nodes;
using GossipSim.Tests.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Nodes;
using GossipSim.Tests.Scenarios.Results;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.LocalNetworks;

/// <summary>A network driven by hand: through a pipe, through a terminal, and what is left of it.</summary>
[TestFixture]
internal sealed class LocalNetworkTests
{
    [Test]
    public void What_a_script_does_is_told_recorded_and_saved_as_a_scenario_that_runs()
    {
        var first = FreePorts.Take(12);
        using var program = new ProgramRun();
        program.Folder.Write("mine.json", "{}");
        var commands = string.Join(
            '\n', "# a comment", "list", "add", "nonsense", "kill 99", "kill", $"gossip {first} hello",
            $"gossip {first + 3} hello to everybody", $"pause {first + 4}", "wait 0.2", "wait long",
            $"resume {first + 4}", $"restart {first + 4}", "save by-hand.json", $"kill {first + 1}",
            $"restart {first + 1}", $"partition {first} {first + 5}", "status", "partition 1", "heal", "heal",
            $"stop {first}", $"stop {first + 5}", "seeds", "links", "save mine.json", "save by-hand.json", "help",
            "exit", "list");
        program.LocalNetwork = (request, terminal, cancel) => new LocalNetworkSession(request, terminal, cancel)
            .RunAsync(new StringReader(commands), canEdit: false);

        var code = program.Main(
            "manage", "--seed-port", $"{first}", "--peer-port", $"{first + 3}", "--set", "peers.hosting=inProcess");

        Assert.That(code, Is.EqualTo(ExitCode.Held), program.Error + program.Output);
        foreach (var words in Answers(first)) Assert.That(program.Output, Does.Contain(words));
        AssertSaved(program, first);
        AssertFolder(program.Folder.Current);
    }

    /// <summary>It has no warm-up: what was published in its first second counts in both.</summary>
    [Test]
    public void What_a_network_by_hand_left_is_measured_again_as_it_was()
    {
        var first = FreePorts.Take(12);
        using var program = new ProgramRun();
        var commands = string.Join('\n', $"gossip {first + 3} hello", "wait 0.3", "exit");
        program.LocalNetwork = (request, terminal, cancel) => new LocalNetworkSession(request, terminal, cancel)
            .RunAsync(new StringReader(commands), canEdit: false);
        program.Main(
            "manage", "--seed-port", $"{first}", "--peer-port", $"{first + 3}", "--set", "peers.hosting=inProcess");

        var code = program.Main("analyze", "results/latest");

        Assert.That(code, Is.EqualTo(ExitCode.Held), program.Error + program.Output);
        Assert.That(program.Output, Does.Match("Messages / deliveries +1 / 2"));
    }

    [Test]
    public void Nothing_that_is_typed_ends_a_network()
    {
        var first = FreePorts.Take(12);
        var (peer, seed) = (first + 3, first);
        string[] refused =
        [
            $"gossip {peer} {new string('x', 70_000)}", $"gossip {peer} {new string('"', 40_000)}",
            $"gossip {peer} {new string('y', 65_600)}",
            $"gossip {peer} {string.Concat(Enumerable.Repeat("\U0001F600", 9_000))}",
            "\u001b[31mred", new string('u', 100_000), new string('v', 2_000_000), "kill \0",
            "add 99999999999999999999",
            "wait NaN", "save a\0b", "save /nowhere/at/all.json", "save .", $"stop {seed}", $"links {seed}",
            $"resume {peer}", $"partition {string.Join(' ', Enumerable.Range(first, 6))}",
        ];
        using var program = new ProgramRun();
        var commands = string.Join('\n', [.. refused, $"gossip {peer} two  blanks", "wait 0.3", "status", "exit"]);
        program.LocalNetwork = (request, terminal, cancel) => new LocalNetworkSession(request, terminal, cancel)
            .RunAsync(new StringReader(commands), canEdit: false);

        var code = program.Main(
            "manage", "--seed-port", $"{first}", "--peer-port", $"{peer}", "--set", "peers.hosting=inProcess");

        Assert.That(code, Is.EqualTo(ExitCode.Held), program.Error + program.Output);
        foreach (var bytes in (int[])[70_000, 80_000, 65_600, 36_000])
            Assert.That(program.Output, Does.Contain($"takes {bytes} bytes in a line of JSON, allowed are 32768"));
        foreach (var words in (string[])
            [
                "unknown command \"?[31mred\"", "the line has more than 1048576 characters", "\"a?b\"", "is a folder",
                $"none can leave (kill {seed})", "they have no links", "is not paused", "these are all nodes",
            ])
            Assert.That(program.Output, Does.Contain(words));
        Assert.That(program.Output, Does.Not.Contain("\u001b").And.Not.Contain("\0"));
        var run = Directory.GetDirectories(Path.Combine(program.Folder.Current, "results"))
            .First(path => !path.EndsWith("latest"));
        var log = File.ReadAllText(Path.Combine(run, "outputfile.txt"));
        Assert.That(log, Does.Match($@"PEER:{peer}\] INFO - Generated gossip #\d+: \S+ ""two  blanks""\n"));
    }

    [Test]
    public void A_count_that_is_no_number_is_refused_in_the_words_of_all_mistakes()
    {
        using var program = new ProgramRun();
        program.LocalNetwork = (_, _, _) => throw new AssertionException("Nothing was to start.");

        Assert.That(program.Main("up", "3", "x"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error.TrimEnd(), Is.EqualTo(
            "gossipsim up: peers: found \"x\", allowed is a whole number (gossipsim up --help tells more)"));
    }

    [Test]
    [Platform("Linux")]
    public async Task Document_002s_four_commands_work_on_a_terminal_with_real_processes()
    {
        using var folder = new TemporaryFolder();
        var first = FreePorts.Take(12);
        File.WriteAllText(
            folder["config.yml"],
            $"seeds:\n  - ip: 127.0.0.1\n    port: {first}\npeer_port_range:\n  start: {first + 3}\n"
                + $"  end: {first + 11}\ninitial_peers: 2\n");
        using var terminal = new PseudoTerminal();
        using var program = NodeProgram.Of(
            folder.Path, "/bin/sh",
            [
                "-c", """exec "$@" <"$0" >"$0" 2>&1""", terminal.Path, ProgramLaunch.FileName,
                .. ProgramLaunch.Arguments("manage", "config.yml"),
            ]);

        await terminal.UntilShownAsync("manager> ");
        terminal.Type("ad\t\r");
        await terminal.UntilShownAsync($"127.0.0.1:{first + 5} started");
        var processes = Descendants.Of(program.Id);
        terminal.Type($"kill {first + 3}\r");
        await terminal.UntilShownAsync($"127.0.0.1:{first + 3} killed");
        await terminal.UntilShownAsync($"127.0.0.1:{first + 3} removed by quorum");
        terminal.Type("\e[A\e[A\u0015lis\t\r");   // two lines back, cleared, and completed
        await terminal.UntilShownAsync("dead");
        terminal.Type("exit\r");

        Assert.That(await program.ExitCodeAsync(), Is.Zero, terminal.Screen);
        Assert.That(processes, Has.Length.EqualTo(4));
        Assert.That(processes.Where(Descendants.IsAlive), Is.Empty);
    }

    [Test]
    [Platform("Linux")]
    public async Task A_node_may_be_killed_from_outside_and_none_outlives_the_parent_not_even_one_that_stands_still()
    {
        using var folder = new TemporaryFolder();
        var first = FreePorts.Take(6);
        using var program = new NodeProgram(
            folder.Path, "manage", "--seed-port", $"{first}", "--peer-port", $"{first + 3}");
        await program.UntilPrintedAsync("All have started");
        program.Type($"pause {first + 4}");
        await program.UntilPrintedAsync($":{first + 4} paused");
        var processes = Descendants.Of(program.Id);
        Assert.That(processes, Has.Length.EqualTo(6));
        using (var node = Process.GetProcessById(processes[0])) node.Kill();
        await program.UntilPrintedAsync(@"crashed \(killed from outside\)");
        program.Type("status");
        await program.UntilPrintedAsync("results: ");

        program.Kill();

        // What nobody could take away is where people look, and not among the system's temporary files.
        var run = Directory.GetDirectories(folder["results"]).Single(path => !path.EndsWith("latest"));
        Assert.That(Directory.Exists(Path.Combine(run, "disks")), Is.True);
        // A process may be counted as dead while the last of its threads still holds the port.
        await Patience.UntilAsync(
            () => !processes.Any(Descendants.IsAlive), "all processes have ended",
            () => string.Join(", ", processes.Where(Descendants.IsAlive)));
        await FreePorts.UntilFreeAsync(first, 6);
    }

    [TestCase("up 0 0", "0 seed nodes and 0 peers")]
    [TestCase("up 100 1", "found 100 seeds, allowed are 0 to 99")]
    [TestCase("up 0 3", "no file \"config.txt\"")]
    [TestCase("up 3 5 --seed-port 6000 --peer-port 6001", "meet the seed node 127.0.0.1:6001")]
    [TestCase("up 1 1 --config mine.txt", "mine.txt is there already and not written by this program")]
    [TestCase("manage absent.yml", "no file \"absent.yml\"")]
    public void A_mistake_is_one_line_and_exit_code_2(string typed, string words)
    {
        using var program = new ProgramRun();
        program.Folder.Write("mine.txt", "127.0.0.1:6000\n");
        program.LocalNetwork = (request, terminal, cancel) => new LocalNetworkSession(request, terminal, cancel)
            .RunAsync(new StringReader("exit\n"), canEdit: false);
        string[] free = typed.Contains("--config", StringComparison.Ordinal)
            ? ["--seed-port", $"{FreePorts.Take(1)}", "--peer-port", $"{FreePorts.Take(1)}"] : [];

        Assert.That(program.Main([.. typed.Split(' '), .. free]), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error.Trim(), Does.Contain(words).And.Not.Contain("\n"));
    }

    [Test]
    public async Task Seed_nodes_alone_and_peers_alone_make_one_network()
    {
        var first = FreePorts.Take(7);
        using var program = new ProgramRun();
        using var stop = new CancellationTokenSource();
        program.LocalNetwork = (request, terminal, _) => new LocalNetworkSession(request, terminal, stop.Token)
            .RunAsync(TextReader.Null, canEdit: false);
        string[] inProcess = ["--peer-port", $"{first + 2}", "--set", "peers.hosting=inProcess"];
        var seeds = ProgramRun.OnOwnThreadAsync(
            () => program.Main(["up", "2", "0", "--seed-port", $"{first}", .. inProcess]));
        var config = Path.Combine(program.Folder.Current, "config.txt");
        await Patience.UntilAsync(
            () => File.Exists(config) && File.ReadAllLines(config).Length == 3, $"{config} is written",
            () => program.Output + program.Error);

        var peers = ProgramRun.OnOwnThreadAsync(() => program.Main(["up", "0", "4", .. inProcess]));
        await Patience.UntilAsync(
            () => program.Output.Contains("4 registered, 4 linked", StringComparison.Ordinal),
            "the peers alone are linked", () => program.Output + program.Error);

        await stop.CancelAsync();
        Assert.That((await seeds, await peers), Is.EqualTo((ExitCode.Cancelled, ExitCode.Cancelled)), program.Error);
    }

    private static string[] Answers(int first) =>
    [
        $"127.0.0.1:{first + 3}", $"127.0.0.1:{first + 6} started", "unknown command \"nonsense\"",
        "no node of this network has the port 99", "write it as kill <port>", "is a seed node: they never gossip",
        $"{first + 4} paused", $"{first + 4} goes on", $"{first + 4} restarted", $"{first + 1} killed",
        $"{first + 1} restarted", $"cut off: {first} {first + 5}", "partition: yes", "partitioned already",
        "whole again", "found \"long\", allowed is a number of seconds from 0 to 3600",
        "there is no partition", "none can leave", $"{first + 5} leaves", "deeds saved: ", "the peer list of each seed",
        "mine.json\" is there already, and is not overwritten",
    ];

    private static void AssertSaved(ProgramRun program, int first)
    {
        Assert.That(File.ReadAllText(Path.Combine(program.Folder.Current, "mine.json")), Is.EqualTo("{}"));
        var faults = program.Folder.LoadFile("by-hand.json").Scenario.Faults;
        Assert.That(
            faults.Select(fault => fault.Id),
            Is.EqualTo(new[]
            {
                "join-1", "pause-2", "crash-3", "restart-4", "crash-5", "restart-6", "partition-7", "leave-8",
            }));
        var paused = faults[1].DurationSeconds!.Value;
        Assert.That(paused, Is.GreaterThanOrEqualTo(0.2).And.EqualTo(Math.Round(paused, 3)), "in whole milliseconds");
        Assert.That(faults[2].Struck!.Index, Is.EqualTo(new[] { 1 }));
        Assert.That(program.Folder.LoadFile("by-hand.json").Scenario.Peers.BasePort, Is.EqualTo(first + 3));
    }

    private static void AssertFolder(string current)
    {
        var run = Directory.GetDirectories(Path.Combine(current, "results")).First(path => !path.EndsWith("latest"));
        var log = File.ReadAllText(Path.Combine(run, "outputfile.txt"));
        Assert.That(log, Does.Contain("Process crashed  [fault=kill]"));
        Assert.That(File.Exists(Path.Combine(run, "report.html")), Is.True);
        Assert.That(File.ReadAllLines(Path.Combine(current, "config.txt")), Has.Length.EqualTo(4));
    }
}
