package content

// Fields of other programs that Casebook does not have, and where their content
// belongs.

import (
	"strings"
	"sync"
)

// foreignField is a group of such fields with the same hint.
type foreignField struct {
	names string // separated by commas, in lower case, without spaces, hyphens and underscores
	hint  string
}

// foreignFields holds the names of fields in other generators, content management
// systems and report forms. Other names for a field that Casebook has are in its
// struct tag `also` instead.
var foreignFields = []foreignField{
	{"image,images,picture,pictures,photo,photos,cover,coverimage,featuredimage,featureimage,banner,thumbnail,thumb,hero,heroimage,headerimage,teaserimage,ogimage,socialimage,gallery,figure,logo,icon,avatar", "put the picture beside this file and show it in the text: ![what it shows](photo.jpg)"},
	{"alt,caption,credit,photocredit,imagecredit,imagealt,imagecaption", "write it at the picture in the text: ![what it shows](photo.jpg), with the caption in the line below it"},
	{"video,audio,film,podcast,youtube,vimeo,embed,slides,presentation", "link to it in the text: [what it is](https://…)"},
	{"file,files,attachment,attachments,document,documents,pdf,report,download", "put the file beside this one and link to it in the text: [what it is](report.pdf)"},
	{"url,link,links,website,web,homepage,externalurl,canonical,canonicalurl", "link to it in the text: [what it is](https://…); where the account comes from is sources: [{title: …, url: …}]"},
	{"slug,permalink,id,uid,uuid,guid,path,address,shortlink", "delete it: the address is made from the name of the file"},
	{"layout,template,theme,style,css,cssclass,cssclasses,bodyclass,color,colour,class,script,scripts,js,head,highlight,math,mathjax,katex,mermaid", "delete it: how pages look is the theme's matter"},
	{"weight,order,position,priority,sort,sortorder,navorder,rank,featured,pinned,sticky,highlighted,homepagefeature,promoted", "delete it: lists are in an order of their own; featured: of site.yaml chooses case studies for the home page"},
	{"menu,menus,nav,navigation,parent,breadcrumb,sidebar,toc,tableofcontents,showtoc", "delete it: navigation: of site.yaml holds the links of the main navigation, and pages have a table of contents by themselves"},
	{"comments,comment,disqus,share,sharing,likes,rating,views,analytics,sitemap,robots,noindex,index,seo,seotitle,metatitle,meta,metadescription,opengraph,og,twitter,outputs,cascade,build,searchable,search,json,feed,rss", "delete it: Casebook has no such setting"},
	{"status,state,publish,public,private,visibility,archived,archive,hide", "write draft: true to keep it out of the site, else delete it"},
	{"draft", "delete it, and keep what is not ready outside content/: nothing of this kind is a draft"},
	{"funder,funders,fundedby,funding,donor,donors,sponsor,sponsors,grant,grants,grantnumber", "write the funder as a partner: partners: [{organisation: …, role: funder}]; an amount belongs in cost:"},
	{"organisation,organization,org,institution,institutions,hospital,hospitals,university,company,trust,charity,ngo,leadpartner,implementer,implementingpartner", "write it in partners: [name]"},
	{"author,authors,writer,editor,editors,translator,translators,contributor,contributors,creator,byline,by,owner,maintainer", "write it in the text, such as: Written by …"},
	{"email,mail,phone,tel,telephone,contact,contacts,contactperson,contactemail,socialmedia,facebook,linkedin", "write it in the text; contact: of site.yaml is the address for all pages"},
	{"date,year,published,created,updated,lastmod,modified,version,edition,revision", "delete it, or write it in the text: it has no date of its own here"},
	{"duration,period,length,timeframe,timeline,years,dates,time", "write start: and end:"},
	{"region,regions,city,cities,town,district,province,state,county,village,address,site,sites,setting,settings,continent,geography,map,coordinates,latitude,longitude,lat,lng,lon,gps", "write the country or its region in countries:, such as US-CA; a town belongs in the text"},
	{"tags,tag,keywords,keyword,categories,category,topics,topic,taxonomies,subject,subjects,themes,labels", "delete it, or write it in the text: only case studies are put under hallmarks: and disciplines:"},
	{"sdg,sdgs,goal,goals,framework,standard,standards", "write it in the text; the framework of this site is hallmarks: and principles:"},
	{"beneficiaries,beneficiary,reach,people,participantsnumber,targetgroup,targetgroups,population,output,outputsreached,indicatorsreached,kpi,kpis", "write what was gained in benefits:, or a figure with its date and source in indicators:"},
	{"doi,isbn,issn,pmid,zotero,bibtex,citekey", "write it as a source: sources: [id of references.yaml], or [{title: …, url: …}]"},
	{"background,context,introduction,aim,aims,objective,objectives,purpose,problem,need,needs,method,methods,methodology,approach,activities,activity,what,how,why,evidence,discussion,lessons,lessonslearned,lessonslearnt,learning,challenges,barriers,enablers,successes,conclusion,conclusions,recommendations,nextsteps,sustainability,future,equity,gender,ethics,acknowledgements,acknowledgments,acknowledgement,disclaimer,disclosure,conflictofinterest,body,content,text,story,casestudy,details,faq", "write it in the text below the front matter, under a heading: ## Background"},
	{"consent,permission,permissions,approval", "write consent: at each of the quotes:; who agreed to the account is agreed_by:"},
	{"reviewer,reviewers,reviewedby,approver,assign,assignee,createdby,lasteditedby,duedate,due,deadline,checkedby", "write when it was reviewed: reviewed: 2026-01-31; a name belongs in the text"},
	{"wordcount,readingtime,pages,size,format,doctype,mimetype,documentclass,output,editoroptions,fontsize,geometry,papersize,bibliographystyle,csl,engine,jupyter,execute,encoding,charset,weightclass,series,part,chapter,number,no,ref,reference", "delete it: Casebook has no such field"},
}

// hintsByName returns the hints of foreignFields, by name.
var hintsByName = sync.OnceValue(func() map[string][]string {
	hints := map[string][]string{}
	for _, f := range foreignFields {
		for name := range strings.SplitSeq(f.names, ",") {
			hints[name] = append(hints[name], f.hint)
		}
	}
	return hints
})

// elsewhere returns a hint where the content of one of foreignFields belongs, or ""
// if the name is not among them. The name is in lower case, without spaces, hyphens
// and underscores.
func (k *kind) elsewhere(name string) string {
	for _, hint := range hintsByName()[name] {
		if k.hasFieldsOf(hint) {
			return hint
		}
	}
	return ""
}

// hasFieldsOf reports whether the kind has the fields that a hint says to write. A
// hint with fields of other kinds would be wrong.
func (k *kind) hasFieldsOf(hint string) bool {
	for _, word := range strings.Fields(hint) {
		word = strings.TrimRight(word, ";,")
		if key, isKey := strings.CutSuffix(word, ":"); isKey && !k.Has(key) && kindOf(CaseClass).Has(key) {
			return false
		}
	}
	return true
}
