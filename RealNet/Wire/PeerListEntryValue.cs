using System.Text.Json;
using System.Text.Json.Serialization;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Wire;

/// <summary>
/// An entry of a peer list, read and written field by field: lists have hundreds, every newcomer reads several of
/// them, and the general way makes objects for each entry.
/// </summary>
internal sealed class PeerListEntryValue : JsonConverter<PeerListEntry>
{
    private static readonly JsonEncodedText address = Name(nameof(PeerListEntry.Address));
    private static readonly JsonEncodedText epoch = Name(nameof(PeerListEntry.Epoch));
    private static readonly JsonEncodedText joinStamp = Name(nameof(PeerListEntry.JoinStamp));
    private static readonly JsonEncodedText degree = Name(nameof(PeerListEntry.Degree));

    [Flags]
    private enum Fields : byte
    {
        None = 0,
        Address = 1,
        Epoch = 2,
        JoinStamp = 4,
        Degree = 8,
        All = Address | Epoch | JoinStamp | Degree,
    }

    public override PeerListEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("expected an entry of a peer list");
        var entry = default(PeerListEntry);
        var seen = Fields.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            if ((seen & field) != 0) throw new JsonException("a field twice");
            seen |= field;
            reader.Read();
            entry = field switch
            {
                Fields.Address => entry with { Address = AddressValue.Read(ref reader) },
                Fields.Epoch => entry with { Epoch = (int)Number(ref reader, int.MaxValue) },
                Fields.JoinStamp => entry with { JoinStamp = Number(ref reader, long.MaxValue) },
                Fields.Degree => entry with { Degree = (int)Number(ref reader, int.MaxValue) },
                _ => Ignore(ref reader, entry),
            };
        }

        return seen == Fields.All ? entry : throw new JsonException("a field of a peer list's entry is missing");
    }

    public override void Write(Utf8JsonWriter writer, PeerListEntry value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(address);
        AddressValue.Write(writer, value.Address);
        writer.WriteNumber(epoch, value.Epoch);
        writer.WriteNumber(joinStamp, value.JoinStamp);
        writer.WriteNumber(degree, value.Degree);
        writer.WriteEndObject();
    }

    private static JsonEncodedText Name(string property) =>
        JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(property));

    private static Fields FieldOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals(address.EncodedUtf8Bytes)) return Fields.Address;
        if (reader.ValueTextEquals(epoch.EncodedUtf8Bytes)) return Fields.Epoch;
        if (reader.ValueTextEquals(joinStamp.EncodedUtf8Bytes)) return Fields.JoinStamp;
        return reader.ValueTextEquals(degree.EncodedUtf8Bytes) ? Fields.Degree : Fields.None;
    }

    private static long Number(ref Utf8JsonReader reader, long most) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number <= most
            ? number
            : throw new JsonException("expected a whole number");

    /// <summary>Of a newer version.</summary>
    private static PeerListEntry Ignore(ref Utf8JsonReader reader, in PeerListEntry entry)
    {
        reader.Skip();
        return entry;
    }
}
