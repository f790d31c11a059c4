using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// Compares what is written with what the scenario records can hold: keys, types, words, ranges. Finds all problems,
/// not only the first, so that a file is mended in one go.
/// </summary>
internal sealed class ContractChecker
{
    private readonly List<ScenarioProblem> problems = [];

    public static IReadOnlyList<ScenarioProblem> Check(SourceObject root) =>
        Check(root, typeof(Scenario), path: "");

    /// <param name="type">What the object is to become.</param>
    /// <param name="path">Where it stands in the scenario.</param>
    public static IReadOnlyList<ScenarioProblem> Check(SourceObject node, Type type, string path)
    {
        var checker = new ContractChecker();
        checker.CheckObject(node, type, path);
        return checker.problems;
    }

    private void CheckValue(SourceNode node, Type type, ICustomAttributeProvider? attributes, string path)
    {
        Type? items = ItemsOf(type);
        if (type == typeof(PartitionGroup))
            CheckGroup(node, path);
        else if (type == typeof(LinksPerJoin))
            CheckLinksPerJoin(node, path);
        else if (type == typeof(JsonObject))
            CheckIsObject(node, path);
        else if (items is not null)
            CheckList(node, items, attributes, path);
        else if (type == typeof(IReadOnlyDictionary<string, string>))
            CheckTexts(node, path);
        else if (ScenarioJson.ContractOf(type).Kind == JsonTypeInfoKind.Object)
            CheckObject(node, type, path);
        else
            CheckScalar(node, type, attributes, path);
    }

    private void CheckObject(SourceNode node, Type type, string path)
    {
        CheckIsObject(node, path);
        if (node is not SourceObject written)
            return;

        JsonTypeInfo? contract = ScenarioJson.ContractOf(type);
        string? kindKey = contract.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (kindKey is not null)
            contract = ContractOfKind(written, contract.PolymorphismOptions!, path);
        if (contract is null)
            return;

        foreach (SourceMember member in written.Members.Where(member => member.Key != kindKey))
            CheckMember(member, contract, kindKey, Join(path, member.Key), path);
        foreach (JsonPropertyInfo needed in contract.Properties.Where(property => property.IsRequired))
        {
            if (written.Find(needed.Name) is null)
                Report(written.Origin, Join(path, needed.Name), $"missing; {Needed(needed)}");
        }
    }

    private void CheckMember(SourceMember member, JsonTypeInfo contract, string? kindKey, string path, string parent)
    {
        JsonPropertyInfo? property = contract.Properties.FirstOrDefault(known => known.Name == member.Key);
        if (property is null)
        {
            List<string> known = [.. contract.Properties.Select(each => each.Name)];
            if (kindKey is not null)
                known.Add(kindKey);
            string guess = Suggestion.DidYouMean(member.Key, known);
            string keys = guess.Length > 0 ? guess : $"; known here: {string.Join(", ", known)}";
            Report(member.KeyOrigin, parent, $"unknown key \"{VisibleText.WithBlanks(member.Key)}\"{keys}");
            return;
        }

        bool isNull = member.Value is SourceScalar { Kind: JsonValueKind.Null };
        if (isNull && property.IsSetNullable)
            return;
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        CheckValue(member.Value, type, property.AttributeProvider, path);
    }

    /// <summary>The contract of the kind that the object says it is; null, with a problem told, if none.</summary>
    private JsonTypeInfo? ContractOfKind(SourceObject written, JsonPolymorphismOptions kinds, string path)
    {
        string key = kinds.TypeDiscriminatorPropertyName;
        List<string> words = [.. kinds.DerivedTypes.Select(kind => (string)kind.TypeDiscriminator!)];
        if (written.Find(key)?.Value is not { } word)
        {
            Report(written.Origin, Join(path, key), $"missing; one of {string.Join(", ", words)}");
            return null;
        }

        int index = word is SourceScalar { Kind: JsonValueKind.String } text ? words.IndexOf(text.Text) : -1;
        if (index >= 0)
            return ScenarioJson.ContractOf(kinds.DerivedTypes[index].DerivedType);

        string guess = word is SourceScalar wrong ? Suggestion.DidYouMean(wrong.Text, words) : "";
        string allowed = $"found {word.Describe()}, allowed is one of {string.Join(", ", words)}{guess}";
        Report(word.Origin, Join(path, key), allowed);
        return null;
    }

    private void CheckList(SourceNode node, Type items, ICustomAttributeProvider? attributes, string path)
    {
        if (node is not SourceArray list)
        {
            Report(node.Origin, path, $"found {node.Describe()}, allowed is a list [ … ]");
            return;
        }

        int least = attributes.Find<LengthAttribute>()?.MinimumLength ?? 0;
        int most = attributes.Find<LengthAttribute>()?.MaximumLength
            ?? attributes.Find<MaxLengthAttribute>()?.Length ?? int.MaxValue;
        if (list.Items.Count < least || list.Items.Count > most)
            Report(list.Origin, path, $"found {list.Items.Count} entries, allowed are {least} to {most}");

        // The length limits are the list's own; the other attributes speak of each entry.
        ICustomAttributeProvider? ofEach = items == typeof(string) ? null : attributes;
        for (int index = 0; index < list.Items.Count; index++)
            CheckValue(list.Items[index], items, ofEach, $"{path}[{index}]");
    }

    private void CheckTexts(SourceNode node, string path)
    {
        if (node is not SourceObject texts)
        {
            Report(node.Origin, path, $"found {node.Describe()}, allowed is an object of texts");
            return;
        }

        foreach (SourceMember member in texts.Members)
            CheckScalar(member.Value, typeof(string), attributes: null, Join(path, member.Key));
    }

    /// <summary>What is in it is for somebody else to check.</summary>
    private void CheckIsObject(SourceNode node, string path)
    {
        if (node is not SourceObject)
            Report(node.Origin, path, $"found {node.Describe()}, allowed is an object {{ … }}");
    }

    private void CheckGroup(SourceNode node, string path)
    {
        if (node is SourceScalar { Kind: JsonValueKind.String, Text: PartitionGroup.RestWord })
            return;
        if (node is SourceArray { Items.Count: > 0 })
            CheckList(node, typeof(NodeSelector), attributes: null, path);
        else
            Report(
                node.Origin, path,
                $"found {node.Describe()}, allowed is \"rest\" or a list of node selectors, "
                + "such as [{ \"group\": … }]");
    }

    private void CheckLinksPerJoin(SourceNode node, string path)
    {
        if (node is SourceObject)
        {
            CheckObject(node, typeof(LinkRange), path);
            return;
        }

        bool isNumber = node is SourceScalar { Kind: JsonValueKind.Number } number
            && int.TryParse(number.Text, CultureInfo.InvariantCulture, out int links)
            && links is >= 1 and <= LinksPerJoin.Most;
        if (isNumber || node is SourceScalar { Kind: JsonValueKind.String, Text: LinksPerJoin.HalfWord })
            return;
        string guess = node is SourceScalar { Kind: JsonValueKind.String } word
            ? Suggestion.DidYouMean(word.Text, [LinksPerJoin.HalfWord])
            : "";
        Report(node.Origin, path, $"found {node.Describe()}, allowed is {LinksPerJoin.Words}{guess}");
    }

    private void CheckScalar(SourceNode node, Type type, ICustomAttributeProvider? attributes, string path)
    {
        var allowed = new AllowedValue(type, attributes);
        if (node is SourceScalar scalar && allowed.Accepts(scalar))
            return;
        string guess = node is SourceScalar wrong ? allowed.Guess(wrong) : "";
        Report(node.Origin, path, $"found {node.Describe()}, allowed is {allowed.Words}{guess}");
    }

    private static string Needed(JsonPropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (ItemsOf(type) is not null)
            return "a list [ … ] is needed";
        bool isObject = ScenarioJson.ContractOf(type).Kind == JsonTypeInfoKind.Object;
        return isObject
            ? "an object { … } is needed"
            : $"{new AllowedValue(type, property.AttributeProvider).Words} is needed";
    }

    private static Type? ItemsOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : null;

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private void Report(Origin origin, string path, string message) =>
        problems.Add(new ScenarioProblem(origin, path, message));
}
