using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Wire;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Wire;

/// <summary>Text is never written longer than it came, so what was received can be passed on.</summary>
[TestFixture]
internal sealed class TextValueTests
{
    private static readonly NodeAddress origin = NodeAddress.Parse("127.0.0.1:7000");

    private static readonly string[] pieces =
    [
        "a", "\u007f", "\u0001", "\u001f", "\n", "\t", "\"", "\\", "/", "\u00e9", "\u2028", "\u202e", "\ufeff",
        "\uffff",
        "\U0001f600", "\U000e0001", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "\\n", "\\/",
    ];

    private static readonly Gen<string> texts =
        Gen.Elements(pieces).ListOf().Select(parts => string.Concat(parts));

    [Test]
    public void Any_text_comes_back_and_its_length_is_known() => Check.One(
        Config.QuickThrowOnFailure.WithReplay(11UL, 3UL).WithMaxTest(2000),
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var line = MessageCodec.Encode(new Gossip("id", origin, 1, 1, text), hops: 1);
            var bare = MessageCodec.Encode(new Gossip("id", origin, 1, 1, ""), hops: 1);
            Assert.That(((Gossip)MessageCodec.Decode(line.AsSpan()[..^1]).Message!).Text, Is.EqualTo(text));
            Assert.That(line, Has.Length.EqualTo(bare.Length + WireLength.OfText(text)));
        }));

    [Test]
    public void No_text_that_came_is_written_longer() => Check.One(
        Config.QuickThrowOnFailure.WithReplay(12UL, 5UL).WithMaxTest(2000),
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            // Escapes among the pieces are read as such; what else is not allowed in JSON is not what came.
            var raw = string.Concat(text.Where(letter => letter >= ' ' && letter != '"'));
            var head = """{"type":"GOSSIP","id":"x","origin":"127.0.0.1:7000","epoch":1,"number":1,"text":""";
            var line = Encoding.UTF8.GetBytes($$"""{{head}}"{{raw}}","recovered":false,"hops":1}""");
            if (MessageCodec.Decode(line).Message is not { } message) return;
            Assert.That(MessageCodec.Encode(message, hops: 1), Has.Length.LessThanOrEqualTo(line.Length + 1));
        }));

    [TestCase("\u007f", 20_000)]
    [TestCase("\u007f", 32_768)]
    [TestCase("\U0001f600", 8_000)]
    [TestCase("\u0001", 5_000)]
    public void A_long_text_of_letters_that_others_escape_is_passed_on(string letter, int count)
    {
        var gossip = new Gossip("x9910", origin, 1, 1, string.Concat(Enumerable.Repeat(letter, count)));

        var line = MessageCodec.Encode(gossip, hops: 1);
        var heard = MessageCodec.Decode(line.AsSpan()[..^1]);

        Assert.That(heard.Message, Is.EqualTo(gossip));
        Assert.That(MessageCodec.Encode(heard.Message!, hops: int.MaxValue), Has.Length.LessThan(WireLimits.LineBytes));
    }

    [Test]
    public void Gossip_that_leaves_no_room_for_a_frame_is_refused_when_it_is_received()
    {
        var (id, text) = (new string('i', 32_000), new string('t', 32_768));
        foreach (var longer in Enumerable.Range(0, 800).Select(length => new string('i', length)))
        {
            var rest = $$""","origin":"127.0.0.1:7000","epoch":1,"number":1,"text":"{{text}}","hops":1}""";
            var line = Encoding.UTF8.GetBytes($$"""{"type":"GOSSIP","id":"{{id + longer}}"{{rest}}""");
            var heard = MessageCodec.Decode(line);
            if (heard.Message is null)
                Assert.That(heard.Refusal, Is.EqualTo(Refusal.LineTooLong).Or.EqualTo(Refusal.StringTooLong));
            else
                Assert.That(() => MessageCodec.Encode(heard.Message, hops: int.MaxValue), Throws.Nothing);
        }
    }
}
