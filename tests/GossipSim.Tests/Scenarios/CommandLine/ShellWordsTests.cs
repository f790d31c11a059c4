using System.Diagnostics;
using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

[TestFixture]
internal sealed class ShellWordsTests
{
    private static readonly string[] awkward =
    [
        "crash-hub.json", "peers.count=50", "faults[0].atSeconds=3", """tags=["x"]""", "my runs/it's.json", "$HOME;ls",
        "", "a\"b`c`", @"back\slash", "~", "#", "tab\tand\nline", "été", "!x", "*", "-n", "a&b|c<d>e(f){g}",
    ];

    [TestCase("crash-hub.json", "crash-hub.json")]
    [TestCase("peers.count=50", "peers.count=50")]
    [TestCase("faults[0].atSeconds=3", "'faults[0].atSeconds=3'")]
    [TestCase("""tags=["x"]""", """'tags=["x"]'""")]
    [TestCase("my runs/it's.json", @"'my runs/it'\''s.json'")]
    [TestCase("$HOME;ls", "'$HOME;ls'")]
    [TestCase("", "''")]
    public void Arguments_are_quoted_for_a_POSIX_shell(string argument, string quoted) =>
        Assert.That(ShellWords.Quoted(argument, forWindows: false), Is.EqualTo(quoted));

    [TestCase(@"C:\runs\a.json", @"C:\runs\a.json")]
    [TestCase(@"C:\my runs\it's.json", "\"C:\\my runs\\it's.json\"")]
    [TestCase("""tags=["x"]""", "\"tags=[\\\"x\\\"]\"")]
    public void Arguments_are_quoted_for_Windows(string argument, string quoted) =>
        Assert.That(ShellWords.Quoted(argument, forWindows: true), Is.EqualTo(quoted));

    [Test]
    [Platform(Exclude = "Win", Reason = "There is no sh.")]
    public void A_shell_reads_every_argument_as_it_was()
    {
        var start = new ProcessStartInfo("sh", ["-c", $"printf '%s\\0' {ShellWords.Join(awkward)}"])
        {
            RedirectStandardOutput = true,
        };
        using var shell = Process.Start(start)!;
        var read = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();

        Assert.That(read.Split('\0')[..^1], Is.EqualTo(awkward));
    }
}
