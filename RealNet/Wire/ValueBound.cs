using System.Text.Json.Serialization.Metadata;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Wire;

/// <summary>
/// The most bytes that a value of a type takes as JSON, made from how the type is written: exact to a few bytes for
/// numbers and addresses, an upper bound for texts.
/// </summary>
internal sealed class ValueBound
{
    /// <summary>Quotes, comma, colon: what stands around a value in an object or a list.</summary>
    private const int Around = 4;

    private const int LongestNumber = 32;

    /// <summary>Our choice: types nested deeper than this are measured, never bounded.</summary>
    private const int DeepestType = 8;

    private readonly Func<object, Sizes> measure;

    private ValueBound(int bytes) => (Fixed, measure) = (bytes, _ => new Sizes(bytes));

    private ValueBound(Func<object, Sizes> measure) => this.measure = measure;

    /// <summary>Null when it depends on the value.</summary>
    public int? Fixed { get; }

    private readonly record struct Sizes(long Bytes, int LongestList = 0, int LongestText = 0)
    {
        public Sizes And(in Sizes other) => new(
            Bytes + other.Bytes, Math.Max(LongestList, other.LongestList), Math.Max(LongestText, other.LongestText));
    }

    public static ValueBound Of(Type type) => Of(type, depth: 0);

    /// <param name="longestList">Entries of the longest list in it.</param>
    /// <param name="longestText">Bytes of its longest text.</param>
    public long Most(object value, out int longestList, out int longestText)
    {
        (var bytes, longestList, longestText) = measure(value);
        return bytes;
    }

    private static ValueBound Of(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (depth > DeepestType) return Unknown();
        if (type == typeof(string)) return new ValueBound(value => OfText((string)value));
        if (type == typeof(NodeAddress)) return new ValueBound(NodeAddress.LongestText + Around);
        if (type == typeof(byte[]))
            return new ValueBound(value => OfBytes(((byte[])value).Length));
        if (type.IsPrimitive || type == typeof(decimal) || type == typeof(NodeId))
            return new ValueBound(LongestNumber + Around);
        if (type.IsEnum)
            return new ValueBound(Enum.GetNames(type).Max(name => WireName.Of(name).Length) + Around);
        return OfParts(type, depth);
    }

    private static ValueBound OfParts(Type type, int depth)
    {
        if (type.IsArray && type.GetArrayRank() == 1) return OfList(Of(type.GetElementType()!, depth + 1));
        if (type == typeof(PeerListEntry)) return OfObject([.. type.GetProperties().Select(property =>
            (property.Name, Of(property.PropertyType, depth + 1), (Func<object, object?>)property.GetValue))]);
        var json = WireJson.Options.GetTypeInfo(type);
        return json.Kind == JsonTypeInfoKind.Object
            ? OfObject([.. json.Properties.Where(property => property.Get is not null).Select(property =>
                (property.Name, Of(property.PropertyType, depth + 1), property.Get!))])
            : Unknown();
    }

    private static ValueBound OfList(ValueBound item) => new(value =>
    {
        var list = (Array)value;
        var sizes = new Sizes(Around, LongestList: list.Length);
        if (item.Fixed is { } bytes) return sizes with { Bytes = Around + ((long)bytes * list.Length) };
        foreach (var entry in list)
            sizes = sizes.And(entry is null ? new Sizes(LongestNumber) : item.measure(entry));
        return sizes;
    });

    private static ValueBound OfObject((string Name, ValueBound Bound, Func<object, object?> Get)[] fields)
    {
        var bytes = Around + fields.Sum(field => field.Name.Length + Around + (field.Bound.Fixed ?? 0));
        var growing = Array.FindAll(fields, field => field.Bound.Fixed is null);
        if (growing.Length == 0) return new ValueBound(bytes);
        return new ValueBound(value =>
        {
            var sizes = new Sizes(bytes);
            foreach (var field in growing)
                if (field.Get(value) is { } part) sizes = sizes.And(field.Bound.measure(part));
            return sizes;
        });
    }

    /// <summary>Told from the number of characters; counted only where that may be too many.</summary>
    private static Sizes OfText(string text)
    {
        var most = text.Length * TextValue.LongestEscape;
        if (most > WireLimits.StringBytes) most = TextValue.LengthOf(text);
        return new Sizes(most + Around, LongestText: most);
    }

    private static Sizes OfBytes(int count)
    {
        var characters = (count + 2) / 3 * 4;
        return new Sizes(characters + Around, LongestText: characters);
    }

    /// <summary>Of a type that protocols of users may have: such a message is written to be measured.</summary>
    private static ValueBound Unknown() => new(_ => new Sizes(int.MaxValue));
}
