using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Repeating;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Repeating;

[TestFixture]
internal sealed class RepeatTableTests
{
    [Test]
    public void What_was_written_is_read_back_to_the_last_digit()
    {
        Repeat[] written =
        [
            new(42, 0, "00ff", new Dictionary<string, double> { ["a"] = 0.1 + 0.2, ["b"] = -1e300 }, null),
            new(9_007_199_254_740_991, 1, null, new Dictionary<string, double> { ["b"] = 3 }, null),
        ];
        using var text = new StringWriter();

        RepeatTable.Write(text, written);
        var read = RepeatTable.Read(text.ToString(), "runs.csv");

        Assert.That(read.Select(run => (run.RandomSeed, run.ExitCode, run.Fingerprint)),
            Is.EqualTo(written.Select(run => (run.RandomSeed, run.ExitCode, run.Fingerprint))));
        for (var run = 0; run < written.Length; run++)
            Assert.That(read[run].Figures, Is.EquivalentTo(written[run].Figures));
    }

    [TestCase("x,y\n1,2\n", "allowed is a table that begins with randomSeed,exitCode,fingerprint")]
    [TestCase("randomSeed,exitCode,fingerprint,a\n1,0,ff\n", "runs.csv:2:1: found 3 values, allowed are 4")]
    [TestCase("randomSeed,exitCode,fingerprint,a\n1,0,ff,many\n", "runs.csv:2:8: found \"many\"")]
    [TestCase("randomSeed,exitCode,fingerprint,a\n-1,0,ff,1\n", "allowed is a random seed from 0")]
    [TestCase("randomSeed,exitCode,fingerprint,a\n", "runs.csv:1:1: found no run below the header")]
    [TestCase("randomSeed,exitCode,fingerprint,a\n1,0,ff,2\n2,0,ff,1", "runs.csv:3:1: the line has no end")]
    public void A_broken_table_is_refused_with_the_place(string text, string said) => Assert.That(
        () => RepeatTable.Read(text, "runs.csv"), Throws.TypeOf<ScenarioException>().With.Message.Contains(said));
}
