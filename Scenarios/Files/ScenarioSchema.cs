using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// The JSON Schema of scenario files, made from the scenario records and their attributes: it cannot say anything else
/// than the loader does.
/// </summary>
internal static class ScenarioSchema
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    public static JsonObject Create()
    {
        JsonNode body = Export(typeof(Scenario));
        var schema = new JsonObject { ["$schema"] = Dialect, ["title"] = "GossipSim scenario" };
        foreach ((string key, JsonNode? value) in body.AsObject())
            schema[key] = value?.DeepClone();
        return schema;
    }

    public static string Write() => Create().ToJsonString(ScenarioJson.Options).ReplaceLineEndings("\n") + "\n";

    private static JsonNode Export(Type type) =>
        ScenarioJson.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Complete,
        });

    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode node)
    {
        Type type = context.TypeInfo.Type;
        if (type == typeof(ExpectedValue))
            node = new JsonObject { ["type"] = new JsonArray("number", "boolean", "string") };
        if (type == typeof(PartitionGroup))
            node = Group();
        if (type == typeof(LinksPerJoin))
            node = Links();
        if (node is not JsonObject schema)
            return node;

        // A list that the exporter has met before it only refers to, by a path that does not survive our changes.
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Enumerable && schema.Remove("$ref"))
            schema["type"] = context.PropertyInfo is { IsGetNullable: true } ? new JsonArray("array", "null") : "array";

        // The exporter leaves "items" out where a converter of our own writes them.
        bool isList = context.TypeInfo.Kind == JsonTypeInfoKind.Enumerable;
        if (isList && !schema.ContainsKey("items"))
            schema["items"] = Export(context.TypeInfo.ElementType!);
        if (type.IsSubclassOf(typeof(ScheduledFault)))
            schema["anyOf"] = new JsonArray(Requiring("atSeconds"), Requiring("afterEvent"));
        if (context.PropertyInfo is { AttributeProvider: { } attributes } property)
        {
            AddLimits(schema, attributes, property.PropertyType);
            AddNames(schema, attributes);
            AddDefault(schema, context);
            if (attributes.Find<DescriptionAttribute>() is { } description)
                schema.Insert(0, "description", description.Description);
        }

        return schema;
    }

    private static JsonObject Requiring(string key) => new() { ["required"] = new JsonArray(key) };

    private static JsonObject Group() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["const"] = PartitionGroup.RestWord },
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Export(typeof(NodeSelector)) }),
    };

    private static JsonObject Links() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = LinksPerJoin.Most },
            Export(typeof(LinkRange)),
            new JsonObject { ["const"] = LinksPerJoin.HalfWord }),
    };

    /// <summary>Names that the program defines outside of enums: what the summary has, and the invariants.</summary>
    private static void AddNames(JsonObject schema, ICustomAttributeProvider attributes)
    {
        if (attributes.Find<MetricNameAttribute>() is not null)
        {
            JsonNode names = JsonSerializer.SerializeToNode(MetricPaths.All.Keys, ScenarioJson.Options)!;
            schema["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = names }, new JsonObject { ["pattern"] = MetricPaths.OwnPattern });
        }

        if (attributes.Find<InvariantKeysAttribute>() is not null)
        {
            JsonNode names = JsonSerializer.SerializeToNode(InvariantSettings.Names, ScenarioJson.Options)!;
            schema["propertyNames"] = new JsonObject { ["enum"] = names };
        }
    }

    private static void AddLimits(JsonObject schema, ICustomAttributeProvider attributes, Type type)
    {
        bool isList = schema.ContainsKey("items");
        if (attributes.Find<RangeAttribute>() is { } range)
        {
            JsonObject ranged = schema;
            while (ranged["items"] is JsonObject items)
                ranged = items;
            ranged["minimum"] = Number(range.Minimum);
            ranged["maximum"] = Number(range.Maximum);
        }

        if (attributes.Find<RegularExpressionAttribute>() is { } pattern)
            schema["pattern"] = pattern.Pattern;
        if (attributes.Find<AllowedValuesAttribute>() is { } values)
            schema["enum"] = JsonSerializer.SerializeToNode(values.Values, ScenarioJson.Options);
        if (attributes.Find<LengthAttribute>() is { } length)
            (schema["minItems"], schema["maxItems"]) = (length.MinimumLength, length.MaximumLength);
        if (attributes.Find<MaxLengthAttribute>() is { } most)
            schema[isList ? "maxItems" : "maxLength"] = most.Length;
        else if (type == typeof(string))
            schema["maxLength"] = AllowedValue.LongestText;
    }

    /// <summary>Defaults that depend on other values are told in the description's words instead.</summary>
    private static void AddDefault(JsonObject schema, JsonSchemaExporterContext context)
    {
        Type owner = context.PropertyInfo!.DeclaringType;
        bool isDerived = context.PropertyInfo.AttributeProvider.Find<DescriptionAttribute>()
            ?.Description.Contains("Default:", StringComparison.Ordinal) ?? false;
        if (isDerived || owner.IsAbstract || context.PropertyInfo.IsRequired || context.PropertyInfo.Get is null)
            return;

        Type type = context.PropertyInfo.PropertyType;
        if (context.PropertyInfo.Get(Activator.CreateInstance(owner)!) is { } value)
            schema["default"] = JsonSerializer.SerializeToNode(value, type, ScenarioJson.Options);
    }

    private static JsonValue Number(object bound)
    {
        double value = Convert.ToDouble(bound, CultureInfo.InvariantCulture);
        return double.IsInteger(value) ? JsonValue.Create((long)value) : JsonValue.Create(value);
    }
}
