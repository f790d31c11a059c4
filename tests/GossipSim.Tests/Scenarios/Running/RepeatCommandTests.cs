using GossipSim.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

[TestFixture]
internal sealed class RepeatCommandTests
{
    [TestCase("crash-hub.json", "crash-hub.json")]
    [TestCase("peers.count=50", "peers.count=50")]
    [TestCase("faults[0].atSeconds=3", "'faults[0].atSeconds=3'")]
    [TestCase("""tags=["x"]""", """'tags=["x"]'""")]
    [TestCase("my runs/it's.json", @"'my runs/it'\''s.json'")]
    [TestCase("$HOME;ls", "'$HOME;ls'")]
    [TestCase("", "''")]
    public void Arguments_are_told_so_that_a_shell_reads_them_as_they_were(string argument, string told)
    {
        Assert.That(
            ScenarioRunner.CommandOf(["run", argument]), Is.EqualTo($"dotnet run --project Scenarios -- run {told}"));
    }
}
