using System.Reflection;
using System.Runtime.Loader;
using ScottPlot;
using SkiaSharp;

namespace GossipSim.Analysis;

/// <summary>
/// The font of all figures: Inter (SIL Open Font License), which the program carries, so that a figure has text, and
/// the same text, on machines without any font. The package keeps its fonts in one resource of its assembly; that
/// resource begins with the length of an index, then version, count, and path, offset and size of each file.
/// </summary>
internal sealed class InterFont : IFontResolver
{
    public const string Name = "Inter";

    private const string Assembly = "Inter.dll";
    private const string Resource = "!AvaloniaResources";

    private readonly SKTypeface regular;
    private readonly SKTypeface bold;

    private InterFont()
    {
        using Stream package = typeof(InterFont).Assembly.GetManifestResourceStream(Assembly)
            ?? throw new InvalidOperationException($"The program lacks its resource {Assembly}.");
        var context = new AssemblyLoadContext(Name, isCollectible: true);
        Assembly fonts = context.LoadFromStream(package);
        using var reader = new BinaryReader(fonts.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Assembly} lacks its resource {Resource}."));
        int start = reader.ReadInt32() + sizeof(int);
        reader.ReadInt32();
        var files = new Dictionary<string, (int Offset, int Size)>();
        for (int left = reader.ReadInt32(); left > 0; left--)
            files[reader.ReadString()] = (reader.ReadInt32(), reader.ReadInt32());
        regular = Read("/Assets/Inter-Regular.ttf");
        bold = Read("/Assets/Inter-SemiBold.ttf");
        context.Unload();

        SKTypeface Read(string path)
        {
            reader.BaseStream.Position = start + files[path].Offset;
            return SKTypeface.FromData(SKData.CreateCopy(reader.ReadBytes(files[path].Size)));
        }
    }

    /// <summary>Makes this the font of every plot of the process. The system's fonts are not asked.</summary>
    public static InterFont Installed { get; } = Install();

    public SKTypeface Typeface(bool isBold) => isBold ? bold : regular;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        Typeface(weight >= FontWeight.SemiBold);

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => Typeface(bold);

    private static InterFont Install()
    {
        var font = new InterFont();
        Fonts.FontResolvers.Insert(0, font);
        Fonts.Default = Name;
        return font;
    }
}
