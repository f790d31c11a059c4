using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;
using GossipSim.Tests.RealNet.Wire;

namespace GossipSim.Tests.RealNet.Fuzzing;

/// <summary>
/// Makes lines that are nearly right: real messages, changed where a parser may stumble. The same random seed gives the
/// same lines.
/// </summary>
internal sealed class LineMutator
{
    private static readonly string[] values =
    [
        "null", "true", "false", "0", "-1", "1.5", "-0", "1e400", "-1e-400", "9223372036854775807",
        "9223372036854775808", "2147483648", "NaN", "Infinity", "\"\"", "\"NaN\"", "[]", "{}", "[[]]", "{\"type\":1}",
        "\"127.0.0.1:7000\"", "\"0.0.0.0:0\"", "\"255.255.255.255:65535\"", "\"ffffffffffffffff\"", "\"\\ud800\"",
        "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\x\"", "'x'", "0x10", "01", "+1", "1.", ".5", "\"\u00e9\"", "// x",
    ];

    private static readonly string[] types =
        ["HELLO", "hello", "", "NOPE", "\\u0047OSSIP", "GOSSIP\\u0000", "ERROR", "CHALLENGE", "CONFIRMATION"];

    private static readonly string[] fields =
        ["\"type\":\"PING\",", "\"hops\":1,", "\"epoch\":2,", "\"from\":\"1.2.3.4:5\",", "\"type\":{},"];

    /// <summary>Made once: the same for all.</summary>
    private static readonly Lazy<List<byte[]>> made = new(Make);

    private readonly List<byte[]> messages = made.Value;
    private NodeRandom random;

    public LineMutator(ulong randomSeed) => random = new NodeRandom(randomSeed);

    private static List<byte[]> Make()
    {
        var messages = new List<byte[]>();
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(1000),
            Prop.ForAll(
                AnyMessage.Messages.ToArbitrary(), message => messages.Add(MessageCodec.Encode(message, 1)[..^1])));
        return messages;
    }

    /// <summary>A real message as it is.</summary>
    public byte[] Unchanged() => messages[random.Next(messages.Count)];

    /// <summary>The next line, without a newline in it.</summary>
    public byte[] Next() => Changed(Unchanged());

    /// <summary>A line that somebody would say, changed, with a newline behind it.</summary>
    public byte[] Mutate(byte[] line) => [.. Changed(line), (byte)'\n'];

    private byte[] Changed(byte[] line)
    {
        for (var change = random.Next(3); change >= 0; change--) line = Change(line);
        for (var at = 0; at < line.Length; at++)
            if (line[at] == '\n') line[at] = (byte)' ';
        return line;
    }

    private byte[] Change(byte[] line) => random.Next(15) switch
    {
        0 => Spoil(line),
        1 => line[..random.Next(line.Length + 1)],
        2 => line[random.Next(line.Length + 1)..],
        3 => Insert(line, Unchanged()),
        4 => DoubleKey(line),
        5 => Nest(line),
        6 => Replace(line, Encoding.UTF8.GetBytes(values[random.Next(values.Length)])),
        7 => Replace(line, Encoding.ASCII.GetBytes(new string('9', random.Next(400)))),
        8 => Replace(line, Encoding.ASCII.GetBytes($"\"{new string('x', random.Next(40_000))}\"")),
        9 => Replace(line, Many(random.Next(300))),
        10 => Insert(line, Encoding.UTF8.GetBytes(" \t\r\uFEFF\u00A0"[random.Next(5)].ToString())),
        11 => Insert(line, [(byte)(0x80 + random.Next(128)), (byte)random.Next(256)]),
        12 => Insert(line, Encoding.ASCII.GetBytes("\\ud8" + random.Next(100))),
        13 => Rename(line),
        _ => Noise(),
    };

    private byte[] Spoil(byte[] line)
    {
        var spoiled = (byte[])line.Clone();
        for (var left = random.Next(4); left >= 0 && spoiled.Length > 0; left--)
            spoiled[random.Next(spoiled.Length)] = (byte)random.Next(256);
        return spoiled;
    }

    private byte[] Noise()
    {
        var noise = new byte[random.Next(random.Next(100) == 0 ? 70_000 : 300)];
        for (var at = 0; at < noise.Length; at++) noise[at] = (byte)random.Next(256);
        return noise;
    }

    private byte[] Insert(byte[] line, byte[] what)
    {
        var at = random.Next(line.Length + 1);
        return [.. line[..at], .. what, .. line[at..]];
    }

    /// <summary>The first field once more, or one with an odd value beside it.</summary>
    private byte[] DoubleKey(byte[] line)
    {
        var field = fields[random.Next(fields.Length)];
        return line.Length < 2 ? line : [.. "{"u8, .. Encoding.ASCII.GetBytes(field), .. line[1..]];
    }

    private byte[] Nest(byte[] line)
    {
        var depth = random.Next(random.Next(10) == 0 ? 20_000 : 20);
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        string[] nested = [.. Enumerable.Repeat(open, depth), "1", .. Enumerable.Repeat(close, depth)];
        return Replace(line, Encoding.ASCII.GetBytes(string.Concat(nested)));
    }

    private static byte[] Many(int count) =>
        Encoding.ASCII.GetBytes($"[{string.Join(',', Enumerable.Repeat("\"127.0.0.1:7000\"", count))}]");

    /// <summary>Another type over the fields of this one.</summary>
    private byte[] Rename(byte[] line)
    {
        var text = Encoding.UTF8.GetString(line);
        var end = text.IndexOf(',', StringComparison.Ordinal);
        var name = random.Next(2) == 0
            ? types[random.Next(types.Length)]
            : MessageTypes.OfProtocol.Names.Order(StringComparer.Ordinal).ElementAt(random.Next(33));
        return end < 0 ? line : Encoding.UTF8.GetBytes($"{{\"type\":\"{name}\"{text[end..]}");
    }

    /// <summary>One of the values, at any depth, becomes another.</summary>
    private byte[] Replace(byte[] line, byte[] value)
    {
        var places = Values(line);
        if (places.Count == 0) return Insert(line, value);
        var (from, to) = places[random.Next(places.Count)];
        return [.. line[..from], .. value, .. line[to..]];
    }

    private static List<(int From, int To)> Values(byte[] line)
    {
        var places = new List<(int From, int To)>();
        try
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True
                    or JsonTokenType.False or JsonTokenType.Null)
                    places.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed));
            }
        }
        catch (JsonException)
        {
            // As far as it is JSON; an earlier change may have broken the rest.
        }

        return places;
    }
}
