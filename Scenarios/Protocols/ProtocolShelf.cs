using System.Reflection;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Protocols;

/// <summary>
/// Finds protocols: every class that derives from <see cref="OwnProtocol{TParameters}"/> and is not abstract, in the
/// program itself (a file in this folder is enough) or in an assembly that a scenario names.
/// </summary>
internal static class ProtocolShelf
{
    /// <summary>The names of those in the program.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. ClassesOf(typeof(ProtocolShelf).Assembly).Select(type => Make(type).Name).Order(StringComparer.Ordinal)];

    /// <param name="key">Which key of the scenario's <c>protocol</c> is wrong.</param>
    public sealed class NotFoundException(string key, string message) : Exception(message)
    {
        public string Key => key;
    }

    /// <param name="file">Full path of an assembly; null for the program.</param>
    /// <exception cref="NotFoundException">There is none, or it is broken; says why.</exception>
    public static OwnProtocol Find(string name, string? file)
    {
        var assembly = file is null ? typeof(ProtocolShelf).Assembly : Load(file);
        var known = new List<OwnProtocol>();
        NotFoundException? broken = null;
        foreach (var type in ClassesOf(assembly))
        {
            try
            {
                known.Add(Make(type));
            }
            catch (NotFoundException error)
            {
                broken ??= error;   // it may be somebody else's
            }
        }

        var found = known.Where(protocol => protocol.Name == name).ToList();
        if (found.Count == 0) throw broken ?? new NotFoundException("name", Missing(name, known, assembly));
        if (found.Count > 1)
        {
            var classes = string.Join(" and ", found.Select(each => each.GetType().Name));
            throw new NotFoundException("name", $"{classes} both call themselves \"{name}\"");
        }

        Check(found[0]);
        return found[0];
    }

    private static void Check(OwnProtocol protocol)
    {
        if (OwnMessages.WhyNot(protocol.Messages) is { } why)
            throw new NotFoundException("name", $"{protocol.Name}: {why}");
        var twice = protocol.Metrics.GroupBy(metric => metric.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw new NotFoundException("name", $"{protocol.Name}: two of its metrics are called \"{twice}\"");
    }

    private static string Missing(string name, IReadOnlyList<OwnProtocol> known, Assembly assembly)
    {
        var names = known.Select(protocol => protocol.Name).Order(StringComparer.Ordinal).ToList();
        return names.Count == 0
            ? $"{assembly.GetName().Name} has no class that derives from OwnProtocol"
            : $"no protocol \"{name}\"{Suggestion.DidYouMean(name, names)} (known: {string.Join(", ", names)})";
    }

    private static Assembly Load(string file)
    {
        if (!File.Exists(file)) throw new NotFoundException("assembly", $"no file {file}; build the project first");
        try
        {
            return Assembly.LoadFrom(file);
        }
        catch (Exception error) when (error is IOException or BadImageFormatException)
        {
            throw new NotFoundException("assembly", $"{file} cannot be loaded: {error.Message}");
        }
    }

    private static IReadOnlyList<Type> ClassesOf(Assembly assembly)
    {
        try
        {
            return [.. assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(OwnProtocol)) && !type.IsAbstract)];
        }
        catch (ReflectionTypeLoadException error)
        {
            throw new NotFoundException(
                "assembly", $"{assembly.GetName().Name} cannot be read: {error.LoaderExceptions[0]?.Message}");
        }
    }

    private static OwnProtocol Make(Type type)
    {
        try
        {
            return (OwnProtocol)Activator.CreateInstance(type)!;
        }
        catch (MissingMethodException)
        {
            throw new NotFoundException("name", $"{type.Name} needs a public constructor without parameters");
        }
        catch (TargetInvocationException error)
        {
            var cause = error.GetBaseException();
            throw new NotFoundException(
                "name", $"the constructor of {type.Name} threw {cause.GetType().Name}: {cause.Message}");
        }
    }
}
