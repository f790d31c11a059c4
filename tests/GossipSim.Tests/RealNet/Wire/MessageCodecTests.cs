using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Wire;

[TestFixture]
internal sealed class MessageCodecTests
{
    private static readonly byte[] syntax = "{}[]\",:\\0-9eE."u8.ToArray();

    private static readonly NodeAddress address = NodeAddress.Parse("127.0.0.1:7000");

    [Test]
    public void Every_message_comes_back_as_it_was()
    {
        var property = Prop.ForAll(
            AnyMessage.Messages.ToArbitrary(), Gen.Choose(1, int.MaxValue).ToArbitrary(), (message, hops) =>
            {
                var line = MessageCodec.Encode(message, hops);
                var decoded = MessageCodec.Decode(line.AsSpan(0, line.Length - 1));
                Assert.That(decoded.Refusal, Is.EqualTo(Refusal.None), Encoding.UTF8.GetString(line));
                Assert.That(MessageCodec.Encode(decoded.Message!, decoded.Hops), Is.EqualTo(line));
                Assert.That(decoded.Message, Is.TypeOf(message.GetType()));
                Assert.That(decoded.Hops, Is.EqualTo(message is Gossip ? hops : 1));
            });
        Check.One(Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(1000), property);
    }

    [Test]
    public void Every_message_type_has_a_name_of_its_own()
    {
        Assert.That(MessageTypes.OfProtocol.Names, Is.EquivalentTo(new[]
        {
            "HELLO", "CHALLENGE", "CONFIRMATION", "ERROR", "REGISTER", "REGISTER_ACK", "REGISTER_NACK", "PROPOSE",
            "VOTE", "COMMIT", "STATUS", "STATUS_REPLY", "SYNC_DIGEST", "SYNC_DELTA", "GET_PEER_LIST", "PEER_LIST",
            "REFRESH", "REMOVED", "LEAVE", "CONNECT", "ACCEPT", "REFUSE", "DISCONNECT", "GOSSIP", "PUBLISH", "IHAVE",
            "IWANT", "PING", "PONG", "SUSPECT", "WITNESS", "ALIVE", "DEAD_NODE",
        }));
    }

    [Test]
    public void Lines_look_as_the_documents_write_them()
    {
        var vote = new Vote(
            new ProposalId(address, 3), new MembershipEntry(address, 2, MemberState.Removed, new NodeId(255), 9), false,
            RefusalReason.StillAlive, null);
        var marks = new IHave([new OriginMarks(address, 1, 4, ulong.MaxValue, 1)]);

        Assert.That(Line(vote), Is.EqualTo(
            """{"type":"VOTE","proposal":{"coordinator":"127.0.0.1:7000","counter":3}"""
            + ""","entry":{"address":"127.0.0.1:7000","epoch":2"""
            + ""","state":"REMOVED","nodeId":"00000000000000ff","joinStamp":9}"""
            + ""","yes":false,"reason":"STILL_ALIVE"}""" + "\n"));
        Assert.That(Line(marks), Is.EqualTo(
            """{"type":"IHAVE","origins":["""
            + """{"origin":"127.0.0.1:7000","epoch":1,"high":4,"seen":"ffffffffffffffff","held":"0000000000000001"}]}"""
            + "\n"));
        Assert.That(Line(new Gossip("1.5:127.0.0.1:7000:1", address, 1, 1, "hi")), Is.EqualTo(
            """{"type":"GOSSIP","id":"1.5:127.0.0.1:7000:1","origin":"127.0.0.1:7000","epoch":1,"number":1"""
            + ""","text":"hi","recovered":false,"hops":7}""" + "\n"));
        Assert.That(Line(new Disconnect()), Is.EqualTo("{\"type\":\"DISCONNECT\"}\n"));
    }

    [TestCase("""{"epoch":4,"type":"LEAVE"}""", TestName = "The_type_need_not_come_first")]
    [TestCase("""{"type":"LEAVE","epoch":4,"note":"new"}""", TestName = "Fields_of_newer_versions_are_ignored")]
    [TestCase("""  { "type" : "LEAVE" , "epoch" : 4 }  """, TestName = "White_space_is_allowed")]
    [TestCase("{\"type\":\"LEAVE\",\"epoch\":4}\r", TestName = "A_carriage_return_is_allowed")]
    public void Accepted(string line) => Assert.That(Decode(line).Message, Is.EqualTo(new Leave(4)));

    [Test]
    public void Entries_of_lists_may_have_fields_of_newer_versions_in_any_order()
    {
        var decoded = Decode("""
            {"type":"REFUSE","alternatives":[{"new":{"epoch":[7]},"degree":4,"joinStamp":3,"epoch":2,"\u0061ddress":
            "127.0.0.1:700\u0030"}]}
            """.ReplaceLineEndings(" "));

        Assert.That(
            ((Refuse)decoded.Message!).Alternatives, Is.EqualTo(new[] { new PeerListEntry(address, 2, 3, 4) }));
    }

    [TestCase("a", "hi")]
    [TestCase("1:127.0.0.1:7000:1", "\u00fc \ud83d\ude00")]
    [TestCase("", "")]
    public void A_hash_is_that_of_id_and_text(string id, string text)
    {
        foreach (var said in new[] { text, text + new string('x', 400), text + new string('\u00fc', 2000) })
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{said}"));

            var computed = ContentHash.Of(id, said);

            Assert.That(
                new[] { computed.A, computed.B, computed.C, computed.D },
                Is.EqualTo(MemoryMarshal.Cast<byte, ulong>(hash).ToArray()));
        }
    }

    [Test]
    public void A_hash_on_the_wire_is_not_believed()
    {
        var decoded = Decode("""
            {"type":"GOSSIP","hash":"00","id":"a","origin":"127.0.0.1:7000","epoch":1,"number":1,"text":"hi","hops":1}
            """);

        Assert.That(((Gossip)decoded.Message!).Hash, Is.EqualTo(ContentHash.Of("a", "hi")));
        Assert.That(((Gossip)decoded.Message!).Recovered, Is.False);
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case("", Refusal.InvalidJson);
        yield return Case("null", Refusal.InvalidJson);
        yield return Case("[]", Refusal.InvalidJson);
        yield return Case("hello", Refusal.InvalidJson);
        yield return Case("""{"type":"LEAVE","epoch":4""", Refusal.InvalidJson);
        yield return Case("""{"type":"LEAVE","epoch":4}{}""", Refusal.InvalidJson);
        yield return Case("""{"type":"LEAVE","epoch":4,}""", Refusal.InvalidJson);
        yield return Case("{}", Refusal.MissingType);
        yield return Case("""{"type":7}""", Refusal.MissingType);
        yield return Case("""{"type":null}""", Refusal.MissingType);
        yield return Case("""{"type":"NOPE"}""", Refusal.UnknownType);
        yield return Case("""{"type":"leave","epoch":1}""", Refusal.UnknownType);
        yield return Case($$"""{"type":"{{new string('X', 5000)}}"}""", Refusal.UnknownType);
        yield return Case("""{"type":"LEAVE"}""", Refusal.MalformedFields);
        yield return Case("""{"type":"LEAVE","epoch":null}""", Refusal.MalformedFields);
        yield return Case("""{"type":"LEAVE","epoch":"4"}""", Refusal.MalformedFields);
        yield return Case("""{"type":"LEAVE","epoch":[4]}""", Refusal.MalformedFields);
        yield return Case("""{"type":"LEAVE","epoch":3000000000}""", Refusal.MalformedFields);
        yield return Case("""{"type":"LEAVE","epoch":1,"epoch":2}""", Refusal.MalformedFields);
        yield return Case("""{"type":"LEAVE","type":"LEAVE","epoch":1}""", Refusal.DuplicateKey);
        yield return Case("""{"type":"LEAVE","epoch":-1}""", Refusal.NumberOutOfRange);
        yield return Case("""{"type":"LEAVE","epoch":1.5}""", Refusal.NumberOutOfRange);
        yield return Case("""{"type":"LEAVE","epoch":1e400}""", Refusal.NumberOutOfRange);
        yield return Case($$"""{"type":"LEAVE","epoch":{{new string('9', 400)}}}""", Refusal.NumberOutOfRange);
        yield return Case("""{"type":"ERROR","reason":null}""", Refusal.MalformedFields);
        yield return Case("""{"type":"GET_PEER_LIST","purpose":0}""", Refusal.MalformedFields);
        yield return Case("""{"type":"GET_PEER_LIST","purpose":"SOMETHING"}""", Refusal.MalformedFields);
        yield return Case(
            """{"type":"REGISTER","address":"127.0.0.1:0","nodeId":"0000000000000001"}""", Refusal.MalformedFields);
        yield return Case(
            """{"type":"REGISTER","address":"127.1:7000","nodeId":"0000000000000001"}""", Refusal.MalformedFields);
        yield return Case("""{"type":"REGISTER","address":"127.0.0.1:7000","nodeId":"1"}""", Refusal.MalformedFields);
        yield return Case(
            """{"type":"REGISTER","address":null,"nodeId":"0000000000000001"}""", Refusal.MalformedFields);
        yield return Case("""{"type":"COMMIT","entry":{},"certificate":{}}""", Refusal.MalformedFields);
        yield return Case(
            """{"type":"GOSSIP","id":"a","origin":"127.0.0.1:7000","epoch":1,"number":1,"text":"hi"}""",
            Refusal.MalformedFields);
        yield return Case(
            """{"type":"GOSSIP","id":"a","origin":"127.0.0.1:7000","epoch":1,"number":1,"text":"hi","hops":0}""",
            Refusal.MalformedFields);
        yield return Listed("\"epoch\":1,\"joinStamp\":1");
        yield return Listed("\"epoch\":1,\"joinStamp\":1,\"degree\":1,\"epoch\":1");
        yield return Listed("\"epoch\":\"1\",\"joinStamp\":1,\"degree\":1");
        yield return Listed("\"epoch\":3000000000,\"joinStamp\":1,\"degree\":1");
        yield return Listed("\"epoch\":1,\"joinStamp\":null,\"degree\":1");
        yield return Case("""{"type":"REFUSE","alternatives":["127.0.0.1:7000"]}""", Refusal.MalformedFields);
        yield return Case($$"""{"type":"ERROR","reason":"{{new string('x', 40_000)}}"}""", Refusal.StringTooLong);
        yield return Case("""{"type":"ERROR","reason":"\ud800"}""", Refusal.MalformedFields);
        yield return Case("""{"type":"PING","new":"\ud800"}""", Refusal.MalformedFields);
        yield return Case("""{"type":"PING","new":[{"\udc00":1}]}""", Refusal.MalformedFields);
        yield return Case(new string('[', 60_000), Refusal.InvalidJson);
        yield return Case("{\"a\":" + new string('[', 60_000), Refusal.TooDeep);
        yield return Case("{\"a\":" + new string('[', 20) + new string(']', 20) + "}", Refusal.TooDeep);
        var entries = string.Join(',', Enumerable.Repeat("\"127.0.0.1:7000\"", 201));
        yield return Case(
            $$"""{"type":"PONG","nodeId":"0000000000000001","epoch":1,"degree":1,"neighbors":[{{entries}}]}""",
            Refusal.TooManyEntries);
        yield return Case(new string(' ', WireLimits.LineBytes), Refusal.LineTooLong);

        static TestCaseData Listed(string fields) => Case(
            $$"""{"type":"REFUSE","alternatives":[{"address":"127.0.0.1:7000",{{fields}}}]}""",
            Refusal.MalformedFields);

        static TestCaseData Case(string line, Refusal refusal) => new(line, refusal)
        {
            TestName = $"Refused_{refusal}_{line.Length}_{(line.Length > 60 ? line[..60] : line)}",
        };
    }

    [TestCaseSource(nameof(Refused))]
    public void Refused_with_its_reason(string line, object refusal) =>
        Assert.That(Decode(line).Refusal, Is.EqualTo(refusal));

    [Test]
    public void A_line_that_comes_again_is_the_same_message_whatever_its_hops()
    {
        var types = new MessageTypes([]);
        var gossip = new Gossip("1.5:127.0.0.1:7000:1", address, 1, 1, "to \"hops\":9");

        var first = DecodeWith(types, MessageCodec.Encode(gossip, 1));
        var again = DecodeWith(types, MessageCodec.Encode(gossip, 41));
        var other = DecodeWith(types, MessageCodec.Encode(gossip with { Recovered = true }, 1));

        Assert.That(again.Message, Is.SameAs(first.Message));
        Assert.That((first.Hops, again.Hops), Is.EqualTo((1, 41)));
        Assert.That(((Gossip)other.Message!).Recovered, Is.True);
    }

    [TestCase("0")]
    [TestCase("01")]
    [TestCase("-1")]
    [TestCase("2147483648")]
    [TestCase("1,\"hops\":2")]
    [TestCase("1.0")]
    [TestCase("")]
    [TestCase("1}")]
    public void Hops_that_are_none_are_refused_behind_a_known_line_too(string hops)
    {
        const string Head = """{"type":"GOSSIP","id":"a","origin":"127.0.0.1:7000","epoch":1,"number":1,"text":"hi" """;
        var types = new MessageTypes([]);
        var known = DecodeWith(types, Encoding.UTF8.GetBytes($"{Head},\"hops\":1}}\n"));

        var refused = DecodeWith(types, Encoding.UTF8.GetBytes($"{Head},\"hops\":{hops}}}\n"));
        var alone = Decode($"{Head},\"hops\":{hops}}}");

        Assert.That(known.Message, Is.Not.Null);
        Assert.That(refused.Message, Is.Null);
        Assert.That(refused.Refusal, Is.EqualTo(alone.Refusal));
    }

    private static readonly Message[] knownAgain =
    [
        new Gossip("1.5:127.0.0.1:7000:1", address, 1, 1, "hi"), new Ping(null), new Ping(new GossipDigest(3, 4)),
        new Pong(new NodeId(5), 1, 2, [address]),
    ];

    // Once a line cut off right before its hops was the message that had come before.
    [TestCaseSource(nameof(knownAgain))]
    public void A_known_line_that_ends_otherwise_is_refused(Message message)
    {
        var types = new MessageTypes([]);
        var line = MessageCodec.Encode(message, 7);
        Assert.That(DecodeWith(types, line).Message, Is.Not.Null);

        for (var length = 0; length < line.Length - 1; length++)
            Assert.That(
                MessageCodec.Decode(line.AsSpan(0, length), types).Refusal, Is.EqualTo(Refusal.InvalidJson),
                $"{length} bytes");
        Assert.That(
            DecodeWith(types, [.. line[..^1], .. ",\"hops\":3}\n"u8]).Refusal, Is.EqualTo(Refusal.InvalidJson));
    }

    private static Decoded DecodeWith(MessageTypes types, byte[] line) =>
        MessageCodec.Decode(line.AsSpan(0, line.Length - 1), types);

    [Test]
    public void Invalid_utf8_is_refused()
    {
        var line = Encoding.UTF8.GetBytes("""{"type":"ERROR","reason":"x"}""");
        line[^3] = 0xFF;

        Assert.That(MessageCodec.Decode(line).Refusal, Is.EqualTo(Refusal.InvalidUtf8));
    }

    [Test]
    public void Whatever_the_bytes_are_decoding_ends_in_a_message_or_a_reason()
    {
        var random = new NodeRandom(42);
        var outcomes = new int[2];
        var property = Prop.ForAll(AnyMessage.Messages.ToArbitrary(), message =>
        {
            var line = MessageCodec.Encode(message, 1);
            for (var round = 0; round < 40; round++)
            {
                var mutated = (byte[])line.Clone();
                for (var change = random.Next(4); change >= 0; change--) Mutate(mutated, ref random);
                var isCut = random.Next(10) == 0;
                var decoded = MessageCodec.Decode(
                    mutated.AsSpan(0, isCut ? random.Next(line.Length) : line.Length - 1));
                Assert.That(decoded.Message is null, Is.EqualTo(decoded.Refusal != Refusal.None));
                outcomes[decoded.Message is null ? 0 : 1]++;
            }
        });

        Check.One(Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(1000), property);
        Assert.That(outcomes, Is.All.Positive);
    }

    [Test]
    public void Random_bytes_are_refused()
    {
        var random = new NodeRandom(42);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(200)];
            for (var index = 0; index < bytes.Length; index++)
                bytes[index] = (byte)random.Next(round % 2 == 0 ? 256 : 128);
            Assert.That(MessageCodec.Decode(bytes).Refusal, Is.Not.EqualTo(Refusal.None));
        }
    }

    [Test]
    public void A_message_that_does_not_fit_into_a_line_is_an_error_of_its_node()
    {
        var tooLong = new Gossip("a", address, 1, 1, new string('x', WireLimits.LineBytes));

        Assert.That(() => MessageCodec.Encode(tooLong, 1), Throws.InvalidOperationException);
    }

    private static void Mutate(byte[] line, ref NodeRandom random)
    {
        var at = random.Next(line.Length);
        line[at] = random.Next(3) switch
        {
            0 => (byte)random.Next(256),
            1 => syntax[random.Next(syntax.Length)],
            _ => line[random.Next(line.Length)],
        };
    }

    private static string Line(Message message) => Encoding.UTF8.GetString(MessageCodec.Encode(message, 7));

    private static Decoded Decode(string line) => MessageCodec.Decode(Encoding.UTF8.GetBytes(line.Trim('\n')));
}
