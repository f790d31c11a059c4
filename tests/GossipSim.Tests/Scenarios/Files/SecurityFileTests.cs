using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

/// <summary><c>security</c> in a scenario file.</summary>
[TestFixture]
internal sealed class SecurityFileTests
{
    private readonly ScenarioFolder folder = new();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("""{ "security": { "mode": "tls" } }""", "security.mode", "sharedKey")]
    [TestCase("""{ "security": { "peerLinks": "mac" } }""", "security.peerLinks", "mutualTls")]
    [TestCase("""{ "security": { "keys": "here" } }""", "security.keys", "only counts with")]
    [TestCase(
        """{ "runtime": "tcp", "peers": { "host": "10.0.0.1" } }""", "peers.host", "which other machines can reach")]
    [TestCase(
        """{ "runtime": "tcp", "seedNodes": { "host": "10.0.0.1" } }""", "seedNodes.host", "only loopback addresses")]
    public void What_makes_no_sense_is_told_with_its_place(string text, string path, string words)
    {
        folder.Write("wrong.json", text);

        var wrong = Assert.Throws<ScenarioException>(() => new ScenarioLoader(folder.Library).Load("wrong.json", []))!;

        Assert.That(wrong.Problems.Select(problem => problem.ToString()), Has.Some.Contains(path).And.Contains(words));
    }

    [TestCase("""{ "runtime": "tcp", "peers": { "host": "10.0.0.1" }, "security": { "mode": "sharedKey" } }""")]
    [TestCase("""{ "runtime": "sim", "peers": { "host": "10.0.0.1" } }""")]
    [TestCase("""{ "runtime": "tcp", "peers": { "host": "127.0.0.9" } }""")]
    [TestCase("""{ "runtime": "sim", "security": { "mode": "mutualTls", "peerLinks": "mac" } }""")]
    public void What_makes_sense_is_taken(string text)
    {
        folder.Write("right.json", text);

        Assert.That(() => new ScenarioLoader(folder.Library).Load("right.json", []), Throws.Nothing);
    }
}
