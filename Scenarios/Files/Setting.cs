using System.Text.Json;

namespace GossipSim.Scenarios.Files;

/// <summary>One value set on the command line; it is laid over the file, and messages name the option.</summary>
internal sealed record Setting
{
    private readonly IReadOnlyList<object> steps;

    private Setting(string option, IReadOnlyList<object> steps, SourceNode value) =>
        (Option, this.steps, Value) = (option, steps, value);

    /// <summary>The option as it was typed, e.g. <c>--set peers.count=50</c>.</summary>
    public string Option { get; }

    public SourceNode Value { get; }

    /// <summary>Reads <c>path=value</c>. A value that is not JSON is a text, so that words need no quotes.</summary>
    public static Setting Parse(string assignment) => Parse("--set", assignment);

    /// <param name="name">Of the option, which is another where each of two scenarios has its own.</param>
    /// <inheritdoc cref="Parse(string)"/>
    public static Setting Parse(string name, string assignment)
    {
        string option = $"{name} {assignment}";
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new ScenarioException(new Origin(option), $"write it as path=value, such as {name} peers.count=50");

        return Of(option, assignment[..equals].Trim(), assignment[(equals + 1)..].Trim());
    }

    /// <summary>An option of its own that sets one path, such as <c>--runtime</c>.</summary>
    public static Setting Of(string option, string path, string value)
    {
        IReadOnlyList<object> steps = SourcePath.Parse(path)
            ?? throw new ScenarioException(
                new Origin(option), $"\"{path}\" is no path; one looks like faults[0].atSeconds");
        SourceNode node = SourceReader.TryReadOption(value, option)
            ?? new SourceScalar(new Origin(option), JsonValueKind.String, value);
        return new Setting(option, steps, node);
    }

    public SourceObject Over(SourceObject scenario) => (SourceObject)Place(scenario, depth: 0);

    private SourceNode Place(SourceNode? lower, int depth)
    {
        if (depth == steps.Count)
            return Value;
        return steps[depth] is int index
            ? PlaceInList(lower as SourceArray, index, depth)
            : PlaceInObject(lower as SourceObject, (string)steps[depth], depth);
    }

    private SourceObject PlaceInObject(SourceObject? lower, string key, int depth)
    {
        var origin = new Origin(Option);
        lower ??= new SourceObject(origin, []);
        SourceNode placed = Place(lower.Find(key)?.Value, depth + 1);
        var layer = new SourceObject(lower.Origin, [new SourceMember(key, origin, placed)]);
        return layer.Over(lower);
    }

    private SourceArray PlaceInList(SourceArray? lower, int index, int depth)
    {
        if (lower is null || index >= lower.Items.Count)
        {
            int present = lower?.Items.Count ?? 0;
            throw new ScenarioException(new Origin(Option), $"there is no entry [{index}]; the list has {present}");
        }

        SourceNode[] items = [.. lower.Items];
        items[index] = Place(items[index], depth + 1);
        return lower with { Items = items };
    }
}
