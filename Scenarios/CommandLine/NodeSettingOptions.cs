using System.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// How nodes that people start behave: as the defaults say, or a scenario file, whose faults and expectations do not
/// count here. All nodes of one network need the same.
/// </summary>
internal sealed class NodeSettingOptions
{
    /// <summary>The cluster's name: nodes of different ones refuse each other.</summary>
    private const string DefaultName = "gossip";

    private readonly Option<string?> scenario = new("--scenario")
    {
        Description = "A scenario whose timings, overlay and gossip count; the same for all nodes.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> set = new("--set")
    {
        Description = "Set one value, such as timing=documents; the same for all nodes. May be given several times.",
        HelpName = "path=value",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> security = new("--security")
    {
        Description = "none (loopback only), sharedKey or mutualTls; the same for all nodes. Default: none, or"
            + " sharedKey with --keys.",
        HelpName = "mode",
    };

    private readonly Option<string?> keys = new("--keys")
    {
        Description = "The folder of keys that \"gossipsim keys create\" made.",
        HelpName = "DIR",
    };

    public IEnumerable<Option> All => [scenario, set, security, keys];

    /// <summary>Those of the options that were typed, as they can be typed again.</summary>
    public static IEnumerable<string> Typed(ParseResult parsed, IEnumerable<Option> options) =>
        from option in options
        let result = parsed.GetResult(option)
        where result is { Implicit: false }
        from word in result.Tokens.Count == 0 ? [option.Name] : result.Tokens.SelectMany(
            token => new[] { option.Name, token.Value })
        select word;

    public NodeSettingOptions AddTo(Command command)
    {
        command.Add(scenario);
        command.Add(set);
        command.Add(security);
        command.Add(keys);
        return this;
    }

    /// <param name="first">Settings that the command itself makes; what the user sets goes over them.</param>
    public LoadedScenario Load(ParseResult parsed, ScenarioLibrary library, params IEnumerable<Setting> first)
    {
        List<Setting> settings =
            [.. first, .. SecurityOf(parsed, library), .. (parsed.GetValue(set) ?? []).Select(Setting.Parse)];
        var loader = new ScenarioLoader(library);
        return parsed.GetValue(scenario) is { } file
            ? loader.Load(file, settings)
            : loader.LoadDefaults(DefaultName, settings);
    }

    private IEnumerable<Setting> SecurityOf(ParseResult parsed, ScenarioLibrary library)
    {
        string? folder = parsed.GetValue(keys);
        if ((parsed.GetValue(security) ?? (folder is null ? null : "sharedKey")) is { } mode)
            yield return Setting.Of(security.Name, "security.mode", mode);
        if (folder is not null)
            yield return Setting.Of(keys.Name, "security.keys", library.FromCurrentDirectory(folder));
    }
}
