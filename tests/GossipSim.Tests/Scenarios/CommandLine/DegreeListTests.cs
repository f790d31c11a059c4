using System.Text;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

internal sealed class DegreeListTests
{
    [TestCase("3\n1\n2\n")]
    [TestCase("3.000000000000000000e+00\n1.000000000000000000e+00\n2.0e0\n")]
    [TestCase("3.0\n1.0\n2.0\n")]
    [TestCase("degree\n3\n1\n2\n")]
    [TestCase("\"x\"\n3\n1\n2\n")]
    public void Whole_numbers_are_read_however_they_are_written(string text) =>
        Assert.That(Read(text).Values, Is.EqualTo(new[] { 3, 1, 2 }));

    [TestCase("degree,count\n1,3\n4,2\n", false)]
    [TestCase("k\tfrequency\n1\t3\n4\t2\n", false)]
    [TestCase("1 3\n4 2\n", true)]
    public void Values_may_stand_with_their_counts(string text, bool hasPairs)
    {
        DegreeList list = Read(text, hasPairs);

        Assert.That(list.Values, Is.EqualTo(new[] { 1, 1, 1, 4, 4 }));
        Assert.That(list.Notes, Has.Some.Contains("how often each"));
    }

    [TestCase("1\n3.5\n", "d:2: found \"3.5\"")]
    [TestCase("1\n-2\n", "d:2: found \"-2\"")]
    [TestCase("1 3\n4 2\n", "--pairs")]
    [TestCase("", "no values")]
    [TestCase("# only\n", "all lines are comments")]
    public void Anything_else_is_refused_with_its_place(string text, string message) => Assert.That(
        () => Read(text), Throws.TypeOf<ScenarioException>().With.Message.Contains(message));

    private static DegreeList Read(string text, bool hasPairs = false) =>
        DegreeList.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "d", hasPairs);
}
