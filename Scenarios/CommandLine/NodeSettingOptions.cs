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

    public NodeSettingOptions AddTo(Command command)
    {
        command.Add(scenario);
        command.Add(set);
        return this;
    }

    /// <param name="first">Settings that the command itself makes; what the user sets goes over them.</param>
    public LoadedScenario Load(ParseResult parsed, ScenarioLibrary library, params IEnumerable<Setting> first)
    {
        List<Setting> settings = [.. first, .. (parsed.GetValue(set) ?? []).Select(Setting.Parse)];
        var loader = new ScenarioLoader(library);
        return parsed.GetValue(scenario) is { } file
            ? loader.Load(file, settings)
            : loader.LoadDefaults(DefaultName, settings);
    }
}
