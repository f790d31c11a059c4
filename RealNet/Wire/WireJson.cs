using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Wire;

/// <summary>
/// How protocol types look in JSON, decided here so that the protocol knows nothing of JSON: camelCase fields, a
/// <c>type</c> in front of messages and stable records, and of every type only what its constructor takes (what is
/// computed, such as a gossip's hash, is never written and never believed).
/// </summary>
internal static class WireJson
{
    public const string TypeField = "type";

    public const string HopsField = "hops";

    public static readonly JsonSerializerOptions Options = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            MaxDepth = WireLimits.Depth,
            // Own protocols may compute what is no number, and it travels like one; ours have no fractions at all.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            // Lines are read by people with nc; they are never put into HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepConstructorFields, NameType } },
            Converters =
            {
                new TextValue(), new AddressValue(), new NodeIdValue(), new BitsValue(),
                new PeerListEntryValue(), new EnumValues(),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void KeepConstructorFields(JsonTypeInfo type)
    {
        var isOurs = type.Type.Namespace == typeof(Message).Namespace || type.Type.IsSubclassOf(typeof(Message));
        if (type.Kind != JsonTypeInfoKind.Object || !isOurs) return;
        for (var index = type.Properties.Count - 1; index >= 0; index--)
        {
            var property = type.Properties[index];
            if (property.Set is null && property.AssociatedParameter is null)
                type.Properties.RemoveAt(index);
            else
                Require(property);
        }
    }

    /// <summary>In the order of the constructor, whichever way the record declares its properties.</summary>
    private static void Require(JsonPropertyInfo property)
    {
        property.Order = property.AssociatedParameter?.Position ?? int.MaxValue;
        property.IsRequired = !property.IsSetNullable && property.AssociatedParameter?.HasDefaultValue != true
            && Nullable.GetUnderlyingType(property.PropertyType) is null;
    }

    private static void NameType(JsonTypeInfo type)
    {
        var isNamed = type.Type.IsSubclassOf(typeof(Message)) || type.Type.IsSubclassOf(typeof(StableRecord));
        if (type.Kind != JsonTypeInfoKind.Object || !isNamed) return;
        var name = WireName.Of(type.Type.Name);
        var property = type.CreateJsonPropertyInfo(typeof(string), TypeField);
        property.Get = _ => name;
        property.Order = -1;
        type.Properties.Insert(0, property);
    }
}
