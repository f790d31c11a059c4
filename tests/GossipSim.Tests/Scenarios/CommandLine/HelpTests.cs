using System.CommandLine;
using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

[TestFixture]
internal sealed class HelpTests
{
    [TestCase("--help")]
    [TestCase("-h")]
    [TestCase("help")]
    public void The_help_of_the_program_shows_every_command_once_in_its_group(string word)
    {
        using var program = Complete();

        var code = program.Main(word);

        var lines = program.Output.Split('\n').Select(line => line.TrimEnd()).ToList();
        Assert.That(code, Is.EqualTo(ExitCode.Held));
        foreach (var (purpose, commands) in ProgramHelp.Groups)
        {
            Assert.That(lines, Has.One.EqualTo($"{purpose}:"));
            foreach (var command in commands)
                Assert.That(lines.Count(line => line.StartsWith($"  {command} ")), Is.EqualTo(1), command);
        }
    }

    [Test]
    public void Every_command_is_in_a_group()
    {
        var grouped = ProgramHelp.Groups.SelectMany(group => group.Commands).ToList();
        var named = typeof(ProgramHelp).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(ProgramHelp).Namespace && type.Name.EndsWith("Command"))
            .Select(type => type.GetField("Name")?.GetValue(null)).OfType<string>()
            .Except(["degrees", "graph", "submit", "manifest", "rotate"]);

        Assert.That(grouped, Is.Unique.And.SupersetOf(named));
    }

    [TestCase(80)]
    [TestCase(60)]
    public void No_line_of_it_is_wider_than_the_screen(int width)
    {
        using var program = Complete();
        program.Width = width;

        program.Main("help");

        var prose = program.Output.Split('\n').TakeWhile(line => !line.StartsWith("Examples"));
        Assert.That(prose, Has.All.Length.LessThanOrEqualTo(width));
    }

    [Test]
    public void Help_of_a_command_is_what_the_command_says_with_its_option()
    {
        using var program = new ProgramRun();
        using var other = new ProgramRun();

        Assert.That(program.Main("help", "keys", "create"), Is.EqualTo(ExitCode.Held));
        other.Main("keys", "create", "--help");
        Assert.That(program.Output, Is.EqualTo(other.Output).And.Contain("keys create"));
    }

    [Test]
    public void Help_of_an_unknown_command_is_a_mistake_with_a_suggestion()
    {
        using var program = new ProgramRun();

        Assert.That(program.Main("help", "analyse"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.Contain("unknown command \"analyse\"").And.Contain("\"analyze\""));
    }

    [TestCase("-v")]
    [TestCase("-V")]
    [TestCase("--version")]
    public void The_version_has_a_short_option(string option)
    {
        using var program = new ProgramRun();

        Assert.That(program.Main(option), Is.EqualTo(ExitCode.Held));
        Assert.That(program.Output.Trim(), Is.EqualTo($"gossipsim {PrintVersion.Version}"));
    }

    private static ProgramRun Complete() => new()
    {
        Run = (_, _, _) => Task.FromResult(ExitCode.Held),
        Compare = (_, _, _) => Task.FromResult(ExitCode.Held),
        Explore = (_, _, _) => Task.FromResult(ExitCode.Held),
        Sweep = (_, _, _) => Task.FromResult(ExitCode.Held),
        Shrink = (_, _, _) => Task.FromResult(ExitCode.Held),
        Replay = (_, _, _) => Task.FromResult(ExitCode.Held),
        View = (_, _, _) => Task.FromResult(ExitCode.Held),
        Node = (_, _, _) => Task.FromResult(ExitCode.Held),
        LocalNetwork = (_, _, _) => Task.FromResult(ExitCode.Held),
        Stages = (_, _, _) => Task.FromResult(ExitCode.Held),
        Dashboard = (_, _, _) => Task.FromResult(ExitCode.Held),
    };
}
