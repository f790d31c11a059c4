using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Stages;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Stages;

/// <summary>The schema of PEER_LIST, as the suite has it.</summary>
[TestFixture]
internal sealed class ToldListTests
{
    private const string Right =
        """{"type":"PEER_LIST","purpose":"JOIN","page":1,"pages":1,"total":1,"entries":[ENTRY]}""";

    private const string Entry = """{"address":"127.0.0.1:7000","epoch":1,"joinStamp":4,"degree":0}""";

    [Test]
    public void A_list_is_read_as_it_stands()
    {
        var list = Read(Right);

        Assert.That(list.Members, Is.EqualTo(new[] { new ToldMember(NodeAddress.Parse("127.0.0.1:7000"), 1, 4) }));
        Assert.That(list, Is.EqualTo(Read(Right)));
    }

    [TestCase("\"page\":1,", "", "has no \"page\"")]
    [TestCase("\"page\":1,", "\"page\":1,\"more\":2,", "has a \"more\" too")]
    [TestCase("\"pages\":1", "\"pages\":0", "page 1 of 0")]
    [TestCase("JOIN", "OLDEST", "purpose")]
    [TestCase("\"total\":1", "\"total\":2", "says 2 members and names 1")]
    [TestCase("[ENTRY]", "{}", "no array")]
    [TestCase("[ENTRY]", "[7]", "no object")]
    [TestCase("\"epoch\":1", "\"epoch\":0", "out of range")]
    [TestCase("\"degree\":0", "\"degree\":\"0\"", "out of range")]
    [TestCase("\"degree\":0", "\"hub\":0", "has no \"degree\"")]
    [TestCase("127.0.0.1:7000", "nobody", "no address")]
    [TestCase("\"total\":1,\"entries\":[ENTRY]", "\"total\":2,\"entries\":[ENTRY,ENTRY]", "one twice")]
    public void Anything_else_is_refused(string right, string wrong, string words)
    {
        var text = Right.Replace(right, wrong);
        text = text.Replace("ENTRY", Entry.Replace(right, wrong));

        var error = Assert.Throws<InvalidDataException>(() => Read(text));

        Assert.That(error!.Message, Does.Contain(words));
    }

    private static ToldList Read(string text) => ToldList.Read(
        new HeardLine(NodeAddress.Parse("127.0.0.1:6000"), JsonNode.Parse(text.Replace("ENTRY", Entry))!.AsObject()));
}
