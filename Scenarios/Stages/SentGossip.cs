using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>A message that a hand-made peer publishes, with an id as the documents write it.</summary>
internal sealed record SentGossip(string Id, NodeAddress Origin, long Epoch, int Number, string Text)
{
    public static SentGossip Of(HandMadePeer origin, int number)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        var id = string.Create(CultureInfo.InvariantCulture, $"{time:F3}:{origin.Address}:{number}");
        return new SentGossip(id, origin.Address, origin.Epoch, number, $"by hand, {number}");
    }

    public JsonObject Line => new()
    {
        ["type"] = "GOSSIP",
        ["id"] = Id,
        ["origin"] = Origin.ToString(),
        ["epoch"] = Epoch,
        ["number"] = Number,
        ["text"] = Text,
        ["hops"] = 1,
    };

    /// <summary>What brings it back from who has it.</summary>
    public JsonObject Question => new()
    {
        ["type"] = "IWANT",
        ["keys"] = new JsonArray(
            new JsonObject { ["origin"] = Origin.ToString(), ["epoch"] = Epoch, ["number"] = Number }),
    };

    public string Hash => HashOf(Id, Text);

    /// <summary>Whether the line is this message, unaltered.</summary>
    public bool IsIn(HeardLine line) =>
        line.Type == "GOSSIP" && HashOf(line.Word("id"), line.Word("text")) == Hash
        && line.Word("origin") == Origin.ToString() && line.Number("number") == Number;

    /// <summary>
    /// How often an IHAVE names it as seen, and kept: bit i of a mark is the message i below its highest.
    /// </summary>
    public int CountIn(HeardLine have) => (have.Line["origins"] as JsonArray ?? []).OfType<JsonObject>().Count(
        mark => HeardLine.WordOf(mark, "origin") == Origin.ToString() && HeardLine.NumberOf(mark, "epoch") == Epoch
            && IsSet(mark, "seen") && IsSet(mark, "held"));

    private bool IsSet(JsonObject mark, string name)
    {
        var age = HeardLine.NumberOf(mark, "high") - Number;
        return age is >= 0 and < 64
            && ulong.TryParse(
                HeardLine.WordOf(mark, name), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out var bits)
            && (bits >> (int)age & 1) == 1;
    }

    private static string HashOf(string id, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{text}")));
}
