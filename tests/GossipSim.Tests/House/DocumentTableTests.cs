using System.Text.RegularExpressions;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Tests.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.House;

/// <summary>
/// The table that says where each feature of the source documents is: whatever it names is there, and every command in
/// it is one that the program takes.
/// </summary>
[TestFixture]
internal sealed partial class DocumentTableTests
{
    private const string Table = "Scenarios/Shipped/README.md";
    private const string ProgramName = "gossipsim ";
    private const int Features = 62;

    private static readonly string[] rows = [.. Repository.Lines(Table).Where(line => line.StartsWith("| S"))];

    [Test]
    public void Every_feature_has_one_row_with_something_in_each_column()
    {
        var numbers = rows.Select(row => row.Split('|')[1].Trim());

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, Features).Select(number => $"S{number}")));
        Assert.That(rows.Select(row => row.Split('|')), Has.All.Length.EqualTo(5));
        Assert.That(rows.SelectMany(row => row.Split('|')[2..4]).Select(cell => cell.Trim()), Has.None.Empty);
    }

    [TestCaseSource(nameof(Named), new object[] { "path" })]
    public void Every_path_exists(string path) => Assert.That(
        Path.Exists(Path.Combine(Repository.Root, path)), Is.True, path);

    [TestCaseSource(nameof(Named), new object[] { "setting" })]
    public void Every_setting_is_one_of_scenario_files(string setting)
    {
        using var program = new ProgramRun();

        Assert.That(() => program.Folder.Load("{ \"name\": \"a\" }", setting), Throws.Nothing);
    }

    [TestCaseSource(nameof(Named), new object[] { "command" })]
    public void Every_command_is_taken_by_the_program(string command)
    {
        using var program = Program();

        var code = program.Main(command[ProgramName.Length..].Split(' '));

        Assert.That(code, Is.EqualTo(ExitCode.Held), program.Error);
    }

    [Test]
    public void The_table_names_what_there_is_of_each_kind() => Assert.Multiple(() =>
    {
        foreach (var kind in new[] { "path", "setting", "command" }) Assert.That(Named(kind), Is.Not.Empty, kind);
        Assert.That(Named("unknown"), Is.Empty, "a code span is a path, a setting or a command");
    });

    private static IEnumerable<string> Named(string kind) => rows
        .SelectMany(row => CodeSpan().Matches(row).Select(match => match.Groups[1].Value))
        .Where(span => KindOf(span) == kind).Distinct();

    private static string KindOf(string span)
    {
        if (span.StartsWith(ProgramName)) return "command";
        if (SettingPattern().IsMatch(span)) return "setting";
        return span.Contains('/') ? "path" : "unknown";
    }

    /// <summary>The program with the shipped scenarios and the files that its commands read; nothing is run.</summary>
    private static ProgramRun Program()
    {
        var program = new ProgramRun
        {
            Run = (_, _, _) => Task.FromResult(ExitCode.Held),
            Node = (_, _, _) => Task.FromResult(ExitCode.Held),
            LocalNetwork = (_, _, _) => Task.FromResult(ExitCode.Held),
            Stages = (_, _, _) => Task.FromResult(ExitCode.Held),
        };
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "scenarios"), "*.json"))
            program.Folder.Ship(Path.GetFileName(file), File.ReadAllText(file));
        program.Folder.Write("config.txt", "127.0.0.1:6000\n127.0.0.1:6001\n");
        program.Folder.Write("config.csv", "127.0.0.1,5001\n");
        program.Folder.Write("config.yml", "seeds: [{ip: 127.0.0.1, port: 5000}]\n");
        program.Folder.Write("degrees.txt", string.Join('\n', Enumerable.Range(3, 60)));
        return program;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"^[a-z][A-Za-z.]*=")]
    private static partial Regex SettingPattern();
}
