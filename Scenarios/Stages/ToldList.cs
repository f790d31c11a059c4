using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>A member as a seed node's list has it.</summary>
internal readonly record struct ToldMember(NodeAddress Address, long Epoch, long JoinStamp);

/// <summary>The answer to GET_PEER_LIST, read with a schema of its own: nothing missing, nothing else in it.</summary>
internal sealed record ToldList(IReadOnlyList<ToldMember> Members)
{
    private static readonly string[] fields = ["type", "purpose", "page", "pages", "total", "entries"];
    private static readonly string[] entryFields = ["address", "epoch", "joinStamp", "degree"];

    public bool Has(NodeAddress address) => Members.Any(member => member.Address == address);

    public bool Equals(ToldList? other) => other is not null && Members.SequenceEqual(other.Members);

    public override int GetHashCode() => Members.Count;

    public override string ToString() => Members.Count == 0
        ? "nobody"
        : string.Join(", ", Members.Select(member =>
            $"{member.Address.Port}{(member.Epoch == 1 ? "" : $" (epoch {member.Epoch})")}"));

    /// <exception cref="InvalidDataException">The line is not what a complete list of one page should be.</exception>
    public static ToldList Read(HeardLine line)
    {
        RequireFields(line.Line, fields, "PEER_LIST");
        var (page, pages, total) = (line.Number("page"), line.Number("pages"), line.Number("total"));
        if (line.Word("purpose") != "JOIN") throw Wrong("its purpose is not the one asked for, JOIN");
        if (page != 1 || pages != 1) throw Wrong($"it is page {page} of {pages}, not of 1");
        if (line.Line["entries"] is not JsonArray entries) throw Wrong("its entries are no array");
        if (total != entries.Count) throw Wrong($"it says {total} members and names {entries.Count}");
        ToldMember[] members = [.. entries.Select(Read).OrderBy(member => member.Address)];
        if (members.DistinctBy(member => member.Address).Count() < members.Length) throw Wrong("it names one twice");
        return new ToldList(members);
    }

    private static ToldMember Read(JsonNode? node)
    {
        if (node is not JsonObject entry) throw Wrong("an entry is no object");
        RequireFields(entry, entryFields, "an entry of PEER_LIST");
        if (!NodeAddress.TryParse(HeardLine.WordOf(entry, "address"), out var address))
            throw Wrong($"{HeardLine.WordOf(entry, "address")} is no address");
        var (epoch, stamp) = (HeardLine.NumberOf(entry, "epoch"), HeardLine.NumberOf(entry, "joinStamp"));
        if (epoch < 1 || stamp < 0 || HeardLine.NumberOf(entry, "degree") < 0)
            throw Wrong($"epoch, join stamp or degree of {address} is out of range");
        return new ToldMember(address, epoch, stamp);
    }

    private static void RequireFields(JsonObject found, string[] wanted, string what)
    {
        var names = found.Select(field => field.Key).ToList();
        if (wanted.Except(names).FirstOrDefault() is { } missing) throw Wrong($"{what} has no \"{missing}\"");
        if (names.Except(wanted).FirstOrDefault() is { } surplus) throw Wrong($"{what} has a \"{surplus}\" too");
    }

    private static InvalidDataException Wrong(string what) => new($"schema of PEER_LIST: {what}");
}
